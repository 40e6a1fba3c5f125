-- Grain: one row per lease, device and span of allocation; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'lease_devices') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['lease_id', 'device_uid', 'allocated_from']) }} = 1
)

select
    newest.lease_id,
    newest.device_uid,
    {{ epoch_seconds('newest.allocated_from') }} as allocated_from_epoch_seconds,
    newest.center_id,
    newest.revision,
    {{ epoch_seconds('newest.allocated_to') }} as allocated_to_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
