-- Grain: one row per center, device and local day the card is listed, with the server and slot it is in at the end of
-- it.
with device_days as (
    select
        center_id,
        device_uid,
        local_day,
        model_id,
        able_seconds,
        proven_able_seconds,
        maintenance_seconds,
        fault_seconds,
        known_seconds,
        lit_seconds
    from {{ ref('int_utilization__device_days') }}
),

center_days as (
    select
        center_id,
        local_day,
        day_start_epoch_seconds,
        day_end_epoch_seconds,
        day_seconds
    from {{ ref('int_calendar__center_days') }}
),

states as (
    select
        center_id,
        device_uid,
        server_id,
        slot_id,
        valid_from_epoch_seconds,
        valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
    where is_installed
),

sent as (
    select
        center_id,
        device_uid,
        min(local_day) as first_known_on,
        max(local_day) as last_known_on
    from device_days
    where known_seconds > 0
    group by center_id, device_uid
)

select
    device_days.center_id,
    device_days.device_uid,
    device_days.local_day,
    device_days.model_id,
    states.server_id,
    states.slot_id,
    center_days.day_seconds,
    device_days.able_seconds,
    device_days.proven_able_seconds,
    device_days.maintenance_seconds,
    device_days.fault_seconds,
    device_days.known_seconds,
    device_days.lit_seconds,
    sent.first_known_on,
    sent.last_known_on
from device_days
inner join center_days
    on
        device_days.center_id = center_days.center_id
        and device_days.local_day = center_days.local_day
left join states
    on
        device_days.center_id = states.center_id
        and device_days.device_uid = states.device_uid
        and center_days.day_end_epoch_seconds > states.valid_from_epoch_seconds
        and center_days.day_end_epoch_seconds <= states.valid_to_epoch_seconds
left join sent
    on
        device_days.center_id = sent.center_id
        and device_days.device_uid = sent.device_uid
