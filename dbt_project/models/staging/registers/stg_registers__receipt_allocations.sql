-- Grain: one row per payment received and invoice line it settles; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'receipt_allocations') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['movement_id', 'invoice_line_id']) }} = 1
)

select
    newest.movement_id,
    newest.invoice_line_id,
    newest.center_id,
    newest.allocated_cny_fen,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
