-- Grain: one row per center, device, local day, class, lease sold under and lease handed over under.
with tenancies as (
    select * from {{ ref('int_utilization__tenancy_readings') }}
),

by_lit_status as (
    select
        center_id,
        device_uid,
        local_day,
        'lit' as lit_status,
        is_sold,
        is_allocated,
        sold_lease_id,
        allocated_lease_id,
        lit_seconds as card_seconds
    from tenancies
    where lit_seconds > 0
    union all
    select
        center_id,
        device_uid,
        local_day,
        'idle' as lit_status,
        is_sold,
        is_allocated,
        sold_lease_id,
        allocated_lease_id,
        idle_seconds as card_seconds
    from tenancies
    where idle_seconds > 0
    union all
    select
        center_id,
        device_uid,
        local_day,
        'unknown' as lit_status,
        is_sold,
        is_allocated,
        sold_lease_id,
        allocated_lease_id,
        unknown_seconds as card_seconds
    from tenancies
    where unknown_seconds > 0
),

able as (
    select
        by_lit_status.center_id,
        by_lit_status.device_uid,
        by_lit_status.local_day,
        classes.class_id,
        by_lit_status.sold_lease_id,
        by_lit_status.allocated_lease_id,
        {{ integer_sum('by_lit_status.card_seconds') }} as card_seconds
    from by_lit_status
    inner join {{ ref('partition_classes') }} as classes
        on
            by_lit_status.lit_status = classes.lit_status
            and by_lit_status.is_sold = classes.is_sold
            and by_lit_status.is_allocated = classes.is_allocated
    group by
        by_lit_status.center_id,
        by_lit_status.device_uid,
        by_lit_status.local_day,
        classes.class_id,
        by_lit_status.sold_lease_id,
        by_lit_status.allocated_lease_id
)

select
    able.center_id,
    able.device_uid,
    able.local_day,
    able.class_id,
    able.sold_lease_id,
    able.allocated_lease_id,
    able.card_seconds
from able
union all
select
    state_days.center_id,
    state_days.device_uid,
    state_days.local_day,
    state_days.state_class as class_id,
    'none' as sold_lease_id,
    'none' as allocated_lease_id,
    state_days.state_seconds as card_seconds
from {{ ref('int_inventory__state_days') }} as state_days
