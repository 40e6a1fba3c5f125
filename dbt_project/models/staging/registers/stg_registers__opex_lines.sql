-- Grain: one row per running cost and span it is for, energy excepted; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'opex_lines') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['opex_line_id']) }} = 1
)

select
    newest.opex_line_id,
    newest.center_id,
    newest.opex_category,
    newest.tax_basis,
    newest.supplier_party_id,
    newest.document,
    newest.amount_cny_fen,
    newest.vat_rate_milli,
    newest.revision,
    newest.service_from,
    newest.service_to,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
