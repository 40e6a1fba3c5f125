-- Grain: one row per center, model, local day, class and tenant.
with model_days as (
    select * from {{ ref('int_partition__model_days') }}
),

classes as (
    select * from {{ ref('partition_classes') }}
),

accelerators as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
)

select
    model_days.center_id,
    model_days.model_id,
    model_days.local_day,
    model_days.class_id,
    model_days.tenant_party_id,
    classes.class_order,
    classes.class_group,
    classes.lit_status,
    classes.is_sold,
    classes.is_allocated,
    model_days.planned_card_seconds,
    model_days.beyond_plan_card_seconds,
    cast(model_days.planned_card_seconds as decimal(38, 0)) * accelerators.weight_gflops as planned_gflops_seconds,
    cast(model_days.beyond_plan_card_seconds as decimal(38, 0)) * accelerators.weight_gflops
        as beyond_plan_gflops_seconds
from model_days
inner join classes
    on model_days.class_id = classes.class_id
left join accelerators
    on model_days.model_id = accelerators.model_id
