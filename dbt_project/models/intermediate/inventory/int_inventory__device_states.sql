-- Grain: one row per device event of a center whose state lasted longer than no time, with the span it held.
-- A device's life is told per center: an event elsewhere does not end the state here, so two claims stay two claims.
with device_events as (
    select * from {{ ref('int_integrity__device_events') }}
),

as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

known_events as (
    select
        device_events.event_id,
        device_events.center_id,
        device_events.device_uid,
        device_events.model_id,
        device_events.server_id,
        device_events.slot_id,
        device_events.state,
        device_events.occurred_epoch_seconds,
        as_of.as_of_epoch_seconds,
        case when device_events.state in ('decommissioned', 'sold', 'transferred') then 1 else 0 end as is_end_of_life
    from device_events
    cross join as_of
    where device_events.occurred_epoch_seconds < as_of.as_of_epoch_seconds
),

ordered as (
    select
        known_events.event_id,
        known_events.center_id,
        known_events.device_uid,
        known_events.model_id,
        known_events.state,
        known_events.is_end_of_life,
        known_events.occurred_epoch_seconds as valid_from_epoch_seconds,
        known_events.as_of_epoch_seconds,
        last_value(known_events.server_id ignore nulls) over in_order as server_id,
        last_value(known_events.slot_id ignore nulls) over in_order as slot_id,
        sum(known_events.is_end_of_life) over in_order as ended_life_count,
        lead(known_events.occurred_epoch_seconds) over chronology as next_epoch_seconds
    from known_events
    window
        chronology as (
            partition by known_events.center_id, known_events.device_uid
            order by known_events.occurred_epoch_seconds nulls last, known_events.event_id nulls last
        ),
        in_order as (
            partition by known_events.center_id, known_events.device_uid
            order by known_events.occurred_epoch_seconds nulls last, known_events.event_id nulls last
            rows between unbounded preceding and current row
        )
),

with_acceptance as (
    select
        ordered.*,
        max(case when ordered.state in ('commissioned', 'in_service') then 1 else 0 end) over (
            partition by ordered.center_id, ordered.device_uid, ordered.ended_life_count
            order by ordered.valid_from_epoch_seconds nulls last, ordered.event_id nulls last
            rows between unbounded preceding and current row
        ) as was_accepted
    from ordered
)

select
    with_acceptance.event_id,
    with_acceptance.center_id,
    with_acceptance.device_uid,
    with_acceptance.model_id,
    with_acceptance.server_id,
    with_acceptance.slot_id,
    with_acceptance.state,
    with_acceptance.state in (
        'installed', 'powered', 'commissioned', 'in_service', 'planned_maintenance', 'fault'
    ) as is_installed,
    with_acceptance.state in ('powered', 'commissioned', 'in_service') as is_able,
    with_acceptance.was_accepted = 1 and with_acceptance.is_end_of_life = 0 as is_commissioned,
    with_acceptance.next_epoch_seconds is null as is_current,
    with_acceptance.valid_from_epoch_seconds,
    coalesce(with_acceptance.next_epoch_seconds, with_acceptance.as_of_epoch_seconds) as valid_to_epoch_seconds
from with_acceptance
where
    with_acceptance.next_epoch_seconds is null
    or with_acceptance.next_epoch_seconds > with_acceptance.valid_from_epoch_seconds
