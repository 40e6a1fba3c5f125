-- Grain: one row per card that is able to run and in service at as-of: from when, and until when, nobody has it.
-- A card is taken from the first allocation that still holds to the end of the last; a later one ends its free span.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

cards as (
    select
        center_id,
        device_uid,
        server_id,
        model_id
    from {{ ref('int_inventory__device_states') }}
    where
        is_current
        and is_able
        and is_commissioned
),

leases as (
    select
        lease_id,
        starts_epoch_seconds,
        case
            when cancelled_epoch_seconds < ends_epoch_seconds then cancelled_epoch_seconds
            else ends_epoch_seconds
        end as ends_epoch_seconds
    from {{ ref('stg_registers__leases') }}
),

allocations as (
    select
        allocated.center_id,
        allocated.device_uid,
        greatest(allocated.allocated_from_epoch_seconds, leases.starts_epoch_seconds) as from_epoch_seconds,
        least(
            coalesce(allocated.allocated_to_epoch_seconds, leases.ends_epoch_seconds), leases.ends_epoch_seconds
        ) as to_epoch_seconds
    from {{ ref('stg_registers__lease_devices') }} as allocated
    inner join leases
        on allocated.lease_id = leases.lease_id
),

taken as (
    select
        allocations.center_id,
        allocations.device_uid,
        max(
            case
                when
                    allocations.from_epoch_seconds <= build.as_of_epoch_seconds
                    and build.as_of_epoch_seconds < allocations.to_epoch_seconds
                    then allocations.to_epoch_seconds
            end
        ) as taken_until_epoch_seconds
    from allocations
    cross join build
    group by allocations.center_id, allocations.device_uid
),

next_taken as (
    select
        allocations.center_id,
        allocations.device_uid,
        min(allocations.from_epoch_seconds) as next_from_epoch_seconds
    from allocations
    cross join build
    left join taken
        on
            allocations.center_id = taken.center_id
            and allocations.device_uid = taken.device_uid
    where
        allocations.from_epoch_seconds > build.as_of_epoch_seconds
        and allocations.from_epoch_seconds >= coalesce(taken.taken_until_epoch_seconds, build.as_of_epoch_seconds)
    group by allocations.center_id, allocations.device_uid
)

select
    cards.center_id,
    cards.device_uid,
    cards.server_id,
    cards.model_id,
    taken.taken_until_epoch_seconds is null as is_free_now,
    {{ local_date(
        'coalesce(taken.taken_until_epoch_seconds, build.as_of_epoch_seconds)', 'centers.time_zone'
    ) }} as free_from,
    {{ local_date('next_taken.next_from_epoch_seconds', 'centers.time_zone') }} as free_until
from cards
cross join build
inner join {{ ref('int_calendar__centers') }} as centers
    on cards.center_id = centers.center_id
left join taken
    on
        cards.center_id = taken.center_id
        and cards.device_uid = taken.device_uid
left join next_taken
    on
        cards.center_id = next_taken.center_id
        and cards.device_uid = next_taken.device_uid
