-- Grain: one row per center, device, local day and received file with samples of that day.
with device_day_sources as (
    select * from {{ source('raw', 'device_day_sources') }}
),

devices as (
    select
        device_key,
        device_uid
    from {{ source('raw', 'devices') }}
)

select
    device_day_sources.center_id,
    devices.device_uid,
    device_day_sources.local_day,
    device_day_sources.source_sha256,
    device_day_sources.sample_count,
    device_day_sources.first_line,
    device_day_sources.last_line
from device_day_sources
inner join devices
    on device_day_sources.device_key = devices.device_key
