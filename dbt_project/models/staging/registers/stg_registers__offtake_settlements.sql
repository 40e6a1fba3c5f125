-- Grain: one row per payment of a true-up; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'offtake_settlements') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['settlement_id']) }} = 1
)

select
    newest.settlement_id,
    newest.commitment_id,
    newest.period_no,
    newest.amount_cny_fen,
    newest.revision,
    newest.paid_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
