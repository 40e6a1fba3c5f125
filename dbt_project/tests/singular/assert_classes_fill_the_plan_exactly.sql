-- Asserts: the classes of a center, model and day add up to its plan, none is negative, and no listed second is lost.
-- A failing row means: a card-second is in no class or in two.
-- Not about: which class it is in.
with classes as (
    select
        center_id,
        model_id,
        local_day,
        sum(planned_card_seconds) as planned_card_seconds,
        sum(case when class_id = 'planned_not_delivered' then 0 else planned_card_seconds end)
        + sum(beyond_plan_card_seconds) as listed_card_seconds,
        min(least(planned_card_seconds, beyond_plan_card_seconds)) as smallest
    from {{ ref('fct_center_day__partition') }}
    group by center_id, model_id, local_day
),

listed as (
    select
        devices.center_id,
        devices.model_id,
        device_classes.local_day,
        sum(device_classes.card_seconds) as listed_card_seconds
    from {{ ref('int_partition__device_classes') }} as device_classes
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            device_classes.center_id = devices.center_id
            and device_classes.device_uid = devices.device_uid
    group by devices.center_id, devices.model_id, device_classes.local_day
)

select
    coalesce(classes.center_id, plan_days.center_id) as center_id,
    coalesce(classes.model_id, plan_days.model_id) as model_id,
    coalesce(classes.local_day, plan_days.local_day) as local_day,
    classes.planned_card_seconds,
    plan_days.planned_card_seconds as plan_card_seconds,
    classes.listed_card_seconds,
    listed.listed_card_seconds as register_card_seconds
from classes
full outer join {{ ref('int_utilization__plan_days') }} as plan_days
    on
        classes.center_id = plan_days.center_id
        and classes.model_id = plan_days.model_id
        and classes.local_day = plan_days.local_day
left join listed
    on
        classes.center_id = listed.center_id
        and classes.model_id = listed.model_id
        and classes.local_day = listed.local_day
where
    coalesce(classes.planned_card_seconds, 0) <> coalesce(plan_days.planned_card_seconds, 0)
    or coalesce(classes.listed_card_seconds, 0) <> coalesce(listed.listed_card_seconds, 0)
    or classes.smallest < 0
