-- Grain: one row per line of what building the center costs; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'capex_lines') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['capex_line_id']) }} = 1
)

select
    newest.capex_line_id,
    newest.center_id,
    newest.capex_category,
    newest.share_of,
    newest.tax_basis,
    newest.supplier_party_id,
    newest.contract_id,
    newest.document,
    newest.amount_cny_fen,
    newest.quantity_milli,
    newest.unit_price_cny_fen,
    newest.share_milli,
    newest.vat_rate_milli,
    newest.revision,
    newest.committed_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
