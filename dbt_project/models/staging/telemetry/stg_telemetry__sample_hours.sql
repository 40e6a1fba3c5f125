-- Grain: one row per file, center, device as telemetry names it, and UTC clock hour.
with sample_hours as (
    select sample_hours.*
    from {{ source('raw', 'sample_hours') }} as sample_hours
    inner join {{ source('raw', 'files') }} as files
        on sample_hours.source_sha256 = files.source_sha256
    inner join {{ source('raw', 'build') }} as build
        on files.recorded_at <= build.as_of_at
)

select
    sample_hours.source_sha256,
    sample_hours.center_id,
    devices.device_uid,
    sample_hours.row_count,
    sample_hours.highest_power_mw,
    {{ epoch_seconds('sample_hours.hour_start_at') }} as hour_start_epoch_seconds
from sample_hours
inner join {{ source('raw', 'devices') }} as devices
    on sample_hours.device_key = devices.device_key
