-- Grain: one row per center and instant: nodes busy and nodes there; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'node_counts') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'counted_at']) }} = 1
)

select
    newest.center_id,
    {{ epoch_seconds('newest.counted_at') }} as counted_epoch_seconds,
    newest.active_node_count,
    newest.total_node_count,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
