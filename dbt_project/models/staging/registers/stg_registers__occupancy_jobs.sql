-- Grain: one row per job: a number of cards held for a span; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'occupancy_jobs') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'job_id']) }} = 1
)

select
    newest.center_id,
    newest.job_id,
    newest.queue,
    newest.card_count,
    newest.revision,
    newest.is_start_ambiguous,
    {{ epoch_seconds('newest.started_at') }} as started_epoch_seconds,
    {{ epoch_seconds('newest.ended_at') }} as ended_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
