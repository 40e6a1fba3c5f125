-- Grain: one row per center, device, UTC clock hour and local day: telemetry under the card's own id.
with alias_hours as (
    select * from {{ ref('int_identity__alias_hours') }}
),

overpowered_hours as (
    select
        center_id,
        named_device_uid,
        hour_start_epoch_seconds
    from {{ ref('int_identity__overpowered_hours') }}
)

select
    device_hours.center_id,
    coalesce(alias_hours.device_uid, device_hours.device_uid) as device_uid,
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
    case when overpowered_hours.center_id is null then device_hours.energy_wh else 0 end as energy_wh,
    case when overpowered_hours.center_id is null then device_hours.energy_known_seconds else 0 end
        as energy_known_seconds,
    device_hours.sample_count,
    device_hours.duplicate_count,
    device_hours.conflict_count,
    device_hours.unreadable_count,
    device_hours.local_day,
    device_hours.hour_start_epoch_seconds,
    device_hours.first_sampled_epoch_seconds,
    device_hours.last_sampled_epoch_seconds
from {{ ref('stg_telemetry__device_hours') }} as device_hours
left join alias_hours
    on
        device_hours.center_id = alias_hours.center_id
        and device_hours.device_uid = alias_hours.named_device_uid
        and device_hours.hour_start_epoch_seconds = alias_hours.hour_start_epoch_seconds
left join overpowered_hours
    on
        device_hours.center_id = overpowered_hours.center_id
        and device_hours.device_uid = overpowered_hours.named_device_uid
        and device_hours.hour_start_epoch_seconds = overpowered_hours.hour_start_epoch_seconds
where alias_hours.reason_code is null
