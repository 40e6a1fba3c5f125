-- Grain: one row per center, device, UTC clock hour and local day.
with device_hours as (
    select * from {{ source('raw', 'device_hours') }}
),

devices as (
    select
        device_key,
        device_uid
    from {{ source('raw', 'devices') }}
)

select
    device_hours.center_id,
    devices.device_uid,
    device_hours.evidence_class,
    device_hours.expected_seconds,
    device_hours.known_seconds,
    device_hours.util_0_1_seconds,
    device_hours.util_1_5_seconds,
    device_hours.util_5_10_seconds,
    device_hours.util_10_20_seconds,
    device_hours.util_20_50_seconds,
    device_hours.util_50_80_seconds,
    device_hours.util_80_100_seconds,
    device_hours.above_zero_seconds,
    device_hours.busy_bp_seconds,
    device_hours.occupied_seconds,
    device_hours.occupancy_known_seconds,
    device_hours.productive_seconds,
    device_hours.productive_known_seconds,
    device_hours.energy_wh,
    device_hours.energy_known_seconds,
    device_hours.sample_count,
    device_hours.duplicate_count,
    device_hours.conflict_count,
    device_hours.unreadable_count,
    device_hours.local_day,
    {{ epoch_seconds('device_hours.hour_start_at') }} as hour_start_epoch_seconds,
    {{ epoch_seconds('device_hours.first_sampled_at') }} as first_sampled_epoch_seconds,
    {{ epoch_seconds('device_hours.last_sampled_at') }} as last_sampled_epoch_seconds
from device_hours
inner join devices
    on device_hours.device_key = devices.device_key
