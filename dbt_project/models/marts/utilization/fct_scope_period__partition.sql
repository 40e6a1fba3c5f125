-- Grain: one row per scope (a center, or ALL), period grain (day, month), start of the period and class.
with period_classes as (
    select * from {{ ref('int_partition__period_classes') }}
),

classes as (
    select * from {{ ref('partition_classes') }}
)

select
    period_classes.scope_id,
    period_classes.period_grain,
    period_classes.period_start_on,
    period_classes.class_id,
    classes.class_order,
    classes.class_group,
    classes.lit_status,
    classes.is_sold,
    classes.is_allocated,
    classes.name_zh,
    classes.name_en,
    period_classes.planned_card_seconds,
    period_classes.beyond_plan_card_seconds,
    period_classes.plan_card_seconds,
    {{ ratio('period_classes.planned_card_seconds', 'period_classes.plan_card_seconds') }} as share_of_plan
from period_classes
inner join classes
    on period_classes.class_id = classes.class_id
