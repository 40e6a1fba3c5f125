-- Grain: one row per center, pod and snapshot that saw it, and one per snapshot; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'pod_allocations') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'pod_id', 'seen_at']) }} = 1
)

select
    newest.center_id,
    newest.pod_id,
    {{ epoch_seconds('newest.seen_at') }} as seen_epoch_seconds,
    newest.namespace,
    newest.pod_name,
    newest.node_name,
    newest.card_count,
    newest.revision,
    {{ epoch_seconds('newest.started_at') }} as started_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
