-- Grain: one row per center, device and report of a board controller or power meter; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'power_reports') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'device_uid', 'reported_at', 'power_source']) }} = 1
)

select
    newest.device_uid,
    {{ epoch_seconds('newest.reported_at') }} as reported_epoch_seconds,
    newest.power_source,
    newest.center_id,
    newest.server_id,
    newest.revision,
    newest.is_powered,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
