-- Grain: one row per center, device, local day and class of a state in which the card was listed but not able.
-- A card that is away or gone stands for its place only until another card is installed in the same slot.
with device_states as (
    select * from {{ ref('int_inventory__device_states') }}
),

excuses as (
    select
        cast({{ policy_number('maintenance_excused_hours') }} * 3600 as bigint) as maintenance_excused_seconds,
        cast({{ policy_number('rma_excused_hours') }} * 3600 as bigint) as rma_excused_seconds
),

away as (
    select
        center_id,
        event_id,
        device_uid,
        slot_id,
        valid_from_epoch_seconds
    from device_states
    where state in ('rma_out', 'decommissioned', 'sold', 'transferred') and slot_id is not null
),

successors as (
    select
        away.event_id,
        min(
            greatest(installed.valid_from_epoch_seconds, away.valid_from_epoch_seconds)
        ) as succeeded_epoch_seconds
    from away
    inner join device_states as installed
        on
            away.center_id = installed.center_id
            and away.slot_id = installed.slot_id
            and away.device_uid <> installed.device_uid
            and away.valid_from_epoch_seconds < installed.valid_to_epoch_seconds
    where installed.is_installed
    group by away.event_id
),

held as (
    select
        device_states.center_id,
        device_states.device_uid,
        device_states.state,
        device_states.valid_from_epoch_seconds,
        least(
            device_states.valid_to_epoch_seconds,
            coalesce(successors.succeeded_epoch_seconds, device_states.valid_to_epoch_seconds)
        ) as valid_to_epoch_seconds,
        case
            when device_states.state = 'planned_maintenance'
                then device_states.valid_from_epoch_seconds + excuses.maintenance_excused_seconds
            when device_states.state = 'rma_out'
                then device_states.valid_from_epoch_seconds + excuses.rma_excused_seconds
        end as excused_to_epoch_seconds
    from device_states
    cross join excuses
    left join successors
        on device_states.event_id = successors.event_id
    where not device_states.is_able and device_states.state <> 'ordered'
),

classed as (
    select
        held.center_id,
        held.device_uid,
        case held.state when 'planned_maintenance' then 'excused_maintenance' else 'excused_rma' end as state_class,
        held.valid_from_epoch_seconds,
        least(held.valid_to_epoch_seconds, held.excused_to_epoch_seconds) as valid_to_epoch_seconds
    from held
    where held.excused_to_epoch_seconds is not null
    union all
    select
        held.center_id,
        held.device_uid,
        case held.state
            when 'planned_maintenance' then 'maintenance'
            when 'fault' then 'fault'
            when 'rma_out' then 'rma'
            when 'installed' then 'installed_not_able'
            when 'delivered' then 'delivered_not_installed'
            else 'retired'
        end as state_class,
        coalesce(held.excused_to_epoch_seconds, held.valid_from_epoch_seconds) as valid_from_epoch_seconds,
        held.valid_to_epoch_seconds
    from held
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
)

select
    classed.center_id,
    classed.device_uid,
    center_days.local_day,
    classed.state_class,
    {{
        integer_sum(
            'least(classed.valid_to_epoch_seconds, center_days.day_end_epoch_seconds)'
            ~ ' - greatest(classed.valid_from_epoch_seconds, center_days.day_start_epoch_seconds)'
        )
    }} as state_seconds
from classed
inner join center_days
    on
        classed.center_id = center_days.center_id
        and classed.valid_from_epoch_seconds < center_days.day_end_epoch_seconds
        and classed.valid_to_epoch_seconds > center_days.day_start_epoch_seconds
where classed.valid_from_epoch_seconds < classed.valid_to_epoch_seconds
group by classed.center_id, classed.device_uid, center_days.local_day, classed.state_class
