-- Grain: one row per center, device, local day, class, lease sold under and lease handed over under.
-- Says how much of it stands for planned time. Where more is listed than planned, classes fill the plan in their order,
-- cards of one class from the earliest on; what no longer fits lies beyond the plan.
with device_classes as (
    select
        device_classes.*,
        devices.model_id,
        devices.first_present_epoch_seconds,
        classes.fill_order,
        classes.class_order
    from {{ ref('int_partition__device_classes') }} as device_classes
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            device_classes.center_id = devices.center_id
            and device_classes.device_uid = devices.device_uid
    inner join {{ ref('partition_classes') }} as classes
        on device_classes.class_id = classes.class_id
),

listed as (
    select
        center_id,
        model_id,
        local_day,
        {{ integer_sum('card_seconds') }} as listed_card_seconds
    from device_classes
    group by center_id, model_id, local_day
),

surplus_days as (
    select
        listed.center_id,
        listed.model_id,
        listed.local_day,
        coalesce(plan_days.planned_card_seconds, 0) as planned_card_seconds
    from listed
    left join {{ ref('int_utilization__plan_days') }} as plan_days
        on
            listed.center_id = plan_days.center_id
            and listed.model_id = plan_days.model_id
            and listed.local_day = plan_days.local_day
    where listed.listed_card_seconds > coalesce(plan_days.planned_card_seconds, 0)
),

-- Only days with a surplus need an order: the window is not asked of the rest.
filled as (
    select
        device_classes.center_id,
        device_classes.device_uid,
        device_classes.local_day,
        device_classes.class_id,
        device_classes.sold_lease_id,
        device_classes.allocated_lease_id,
        least(
            device_classes.card_seconds,
            greatest(
                surplus_days.planned_card_seconds - cast(
                    sum(device_classes.card_seconds) over in_order - device_classes.card_seconds as bigint
                ),
                0
            )
        ) as planned_card_seconds
    from device_classes
    inner join surplus_days
        on
            device_classes.center_id = surplus_days.center_id
            and device_classes.model_id = surplus_days.model_id
            and device_classes.local_day = surplus_days.local_day
    window in_order as (
        partition by device_classes.center_id, device_classes.model_id, device_classes.local_day
        order by
            device_classes.fill_order nulls last,
            device_classes.first_present_epoch_seconds nulls last,
            device_classes.device_uid nulls last,
            device_classes.class_order nulls last,
            device_classes.sold_lease_id nulls last,
            device_classes.allocated_lease_id nulls last
        rows between unbounded preceding and current row
    )
)

select
    device_classes.center_id,
    device_classes.device_uid,
    device_classes.local_day,
    device_classes.class_id,
    device_classes.sold_lease_id,
    device_classes.allocated_lease_id,
    device_classes.model_id,
    device_classes.card_seconds,
    coalesce(filled.planned_card_seconds, device_classes.card_seconds) as planned_card_seconds,
    device_classes.card_seconds - coalesce(filled.planned_card_seconds, device_classes.card_seconds)
        as beyond_plan_card_seconds
from device_classes
left join filled
    on
        device_classes.center_id = filled.center_id
        and device_classes.device_uid = filled.device_uid
        and device_classes.local_day = filled.local_day
        and device_classes.class_id = filled.class_id
        and device_classes.sold_lease_id = filled.sold_lease_id
        and device_classes.allocated_lease_id = filled.allocated_lease_id
