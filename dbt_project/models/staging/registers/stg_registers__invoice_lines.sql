-- Grain: one row per line of an invoice; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'invoice_lines') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['invoice_line_id']) }} = 1
)

select
    newest.invoice_line_id,
    newest.invoice_id,
    newest.center_id,
    newest.payer_party_id,
    newest.lease_id,
    newest.net_cny_fen,
    newest.tax_cny_fen,
    newest.revision,
    newest.issued_on,
    newest.service_from,
    newest.service_to,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
