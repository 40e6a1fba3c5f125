-- Grain: one row per commitment and period; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'offtake_periods') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['commitment_id', 'period_no']) }} = 1
)

select
    newest.commitment_id,
    newest.period_no,
    newest.committed_quantity_milli,
    newest.availability_bp,
    newest.revision,
    newest.period_start_on,
    newest.period_end_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
