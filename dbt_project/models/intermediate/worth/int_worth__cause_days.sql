-- Grain: one row per center, model, local day and cause; every planned card-second has exactly one cause.
with device_days as (
    select * from {{ ref('int_partition__device_days') }}
),

leases as (
    select
        lease_id,
        lease_kind
    from {{ ref('stg_registers__leases') }}
),

-- A card of several leases at once counts as billed by time: what is not certain to be lost is not called lost.
classed as (
    select
        device_days.center_id,
        device_days.model_id,
        device_days.local_day,
        device_days.planned_card_seconds,
        classes.class_id,
        classes.class_group,
        classes.lit_status,
        classes.is_sold,
        coalesce(leases.lease_kind in ('card_hour', 'token'), false) as is_billed_by_use
    from device_days
    inner join {{ ref('partition_classes') }} as classes
        on device_days.class_id = classes.class_id
    left join leases
        on device_days.sold_lease_id = leases.lease_id
),

delivered as (
    select
        classed.center_id,
        classed.model_id,
        classed.local_day,
        classed.planned_card_seconds,
        case
            when classed.is_sold and classed.lit_status = 'lit' then 'working'
            when classed.is_sold and classed.lit_status = 'idle' and classed.is_billed_by_use then 'idle_billed_by_use'
            when classed.is_sold and classed.lit_status = 'idle' then 'idle_tenant_pays'
            when classed.is_sold and classed.is_billed_by_use then 'unknown_billed_by_use'
            when classed.is_sold then 'unknown_tenant_pays'
            when classed.class_group = 'able' and classed.lit_status = 'lit' then 'lit_unsold'
            when classed.class_group = 'able' then 'unsold'
            when classed.class_id in ('maintenance', 'excused_maintenance') then 'maintenance'
            when classed.class_id in ('fault', 'rma', 'excused_rma') then 'fault'
            when classed.class_id = 'installed_not_able' then 'not_powered'
            when classed.class_id = 'retired' then 'gone'
            else 'not_installed'
        end as cause_id
    from classed
    union all
    select
        model_days.center_id,
        model_days.model_id,
        model_days.local_day,
        model_days.planned_card_seconds,
        'not_installed' as cause_id
    from {{ ref('int_partition__model_days') }} as model_days
    where model_days.class_id = 'planned_not_delivered'
)

select
    delivered.center_id,
    delivered.model_id,
    delivered.local_day,
    delivered.cause_id,
    {{ integer_sum('delivered.planned_card_seconds') }} as planned_card_seconds
from delivered
where delivered.planned_card_seconds > 0
group by delivered.center_id, delivered.model_id, delivered.local_day, delivered.cause_id
