-- Grain: one row per center, name used by telemetry and UTC clock hour with a power reading no such card can draw.
with devices as (
    select
        center_id,
        device_uid,
        model_id
    from {{ ref('int_inventory__devices') }}
),

accelerators as (
    select
        model_id,
        tdp_w
    from {{ ref('accelerators') }}
    where tdp_w is not null
),

highest as (
    select
        center_id,
        device_uid as named_device_uid,
        hour_start_epoch_seconds,
        max(highest_power_mw) as highest_power_mw
    from {{ ref('stg_telemetry__sample_hours') }}
    where highest_power_mw is not null
    group by center_id, device_uid, hour_start_epoch_seconds
),

alias_hours as (
    select
        center_id,
        named_device_uid,
        hour_start_epoch_seconds,
        device_uid
    from {{ ref('int_identity__alias_hours') }}
)

select
    highest.center_id,
    highest.named_device_uid,
    highest.hour_start_epoch_seconds,
    highest.highest_power_mw,
    accelerators.tdp_w
from highest
left join alias_hours
    on
        highest.center_id = alias_hours.center_id
        and highest.named_device_uid = alias_hours.named_device_uid
        and highest.hour_start_epoch_seconds = alias_hours.hour_start_epoch_seconds
inner join devices
    on
        highest.center_id = devices.center_id
        and coalesce(alias_hours.device_uid, highest.named_device_uid) = devices.device_uid
inner join accelerators
    on devices.model_id = accelerators.model_id
where
    highest.highest_power_mw
    > cast(accelerators.tdp_w as double) * 10 * {{ policy_number('power_limit_pct_of_tdp') }}
