-- Grain: one row per contract; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'contracts') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['contract_id']) }} = 1
)

select
    newest.contract_id,
    newest.center_id,
    newest.supplier_party_id,
    newest.buyer_party_id,
    newest.contract_kind,
    newest.title,
    newest.tax_basis,
    newest.amount_cny_fen,
    newest.revision,
    newest.signed_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
