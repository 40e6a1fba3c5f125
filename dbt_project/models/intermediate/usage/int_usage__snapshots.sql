-- Grain: one row per center and snapshot of its cluster, and how long what it saw is taken to hold.
with centers as (
    select
        center_id,
        telemetry_interval_seconds
    from {{ ref('int_calendar__centers') }}
),

snapshots as (
    select
        pods.center_id,
        pods.seen_epoch_seconds,
        coalesce(centers.telemetry_interval_seconds, 60) as interval_seconds
    from {{ ref('stg_registers__pod_allocations') }} as pods
    inner join centers
        on pods.center_id = centers.center_id
    where pods.pod_id = '*'
),

followed as (
    select
        center_id,
        seen_epoch_seconds,
        seen_epoch_seconds
        + cast({{ policy_number('lit_hold_factor') }} * interval_seconds as bigint) as latest_held_to_epoch_seconds,
        lead(seen_epoch_seconds) over (
            partition by center_id
            order by seen_epoch_seconds nulls last
        ) as next_seen_epoch_seconds
    from snapshots
)

select
    followed.center_id,
    followed.seen_epoch_seconds,
    least(
        coalesce(followed.next_seen_epoch_seconds, followed.latest_held_to_epoch_seconds),
        followed.latest_held_to_epoch_seconds
    ) as held_to_epoch_seconds
from followed
