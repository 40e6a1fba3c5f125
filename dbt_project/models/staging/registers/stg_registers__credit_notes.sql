-- Grain: one row per credit note and invoice line it reduces; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'credit_notes') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['credit_note_id']) }} = 1
)

select
    newest.credit_note_id,
    newest.invoice_line_id,
    newest.center_id,
    newest.credit_kind,
    newest.document,
    newest.net_cny_fen,
    newest.tax_cny_fen,
    newest.revision,
    newest.issued_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
