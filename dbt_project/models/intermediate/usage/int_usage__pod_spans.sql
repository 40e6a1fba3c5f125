-- Grain: one row per center, pod and stretch of time in which it held cards; pod `*` is the cluster being seen.
-- A pod that the cluster gave a uid runs once: seen twice, it held its cards in between, and from its start if that was
-- told. One known by its name alone may have been another in between, and holds only as long as each snapshot does.
with snapshots as (
    select * from {{ ref('int_usage__snapshots') }}
),

sights as (
    select
        pods.center_id,
        pods.pod_id,
        pods.card_count,
        pods.started_epoch_seconds,
        pods.seen_epoch_seconds,
        snapshots.held_to_epoch_seconds,
        pods.pod_id = '*' or pods.pod_id like '%/%' as is_known_by_name
    from {{ ref('stg_registers__pod_allocations') }} as pods
    inner join snapshots
        on
            pods.center_id = snapshots.center_id
            and pods.seen_epoch_seconds = snapshots.seen_epoch_seconds
),

by_uid as (
    select
        center_id,
        pod_id,
        min(card_count) as card_count,
        least(min(seen_epoch_seconds), coalesce(min(started_epoch_seconds), min(seen_epoch_seconds)))
            as from_epoch_seconds,
        max(held_to_epoch_seconds) as to_epoch_seconds
    from sights
    where not is_known_by_name
    group by center_id, pod_id
)

select
    by_uid.center_id,
    by_uid.pod_id,
    by_uid.card_count,
    by_uid.from_epoch_seconds,
    by_uid.to_epoch_seconds
from by_uid
union all
select
    sights.center_id,
    sights.pod_id,
    sights.card_count,
    sights.seen_epoch_seconds as from_epoch_seconds,
    sights.held_to_epoch_seconds as to_epoch_seconds
from sights
where sights.is_known_by_name
