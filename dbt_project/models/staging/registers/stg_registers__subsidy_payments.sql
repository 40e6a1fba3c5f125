-- Grain: one row per payment of a subsidy, or of a subsidy taken back; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'subsidy_payments') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['payment_id']) }} = 1
)

select
    newest.payment_id,
    newest.programme_id,
    newest.milestone_id,
    newest.movement_id,
    newest.payment_kind,
    newest.document,
    newest.amount_cny_fen,
    newest.revision,
    newest.booked_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
