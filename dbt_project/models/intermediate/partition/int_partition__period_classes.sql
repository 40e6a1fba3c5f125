-- Grain: one row per scope (a center, or ALL), period grain (day, month), start of the period and class.
with model_days as (
    select * from {{ ref('int_partition__model_days') }}
),

scoped as (
    select
        center_id as scope_id,
        local_day,
        class_id,
        planned_card_seconds,
        beyond_plan_card_seconds
    from model_days
    union all
    select
        'ALL' as scope_id,
        local_day,
        class_id,
        planned_card_seconds,
        beyond_plan_card_seconds
    from model_days
),

in_periods as (
    select
        scoped.*,
        'day' as period_grain,
        scoped.local_day as period_start_on
    from scoped
    union all
    select
        scoped.*,
        'month' as period_grain,
        {{ month_start('scoped.local_day') }} as period_start_on
    from scoped
),

summed as (
    select
        scope_id,
        period_grain,
        period_start_on,
        class_id,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('beyond_plan_card_seconds') }} as beyond_plan_card_seconds
    from in_periods
    group by scope_id, period_grain, period_start_on, class_id
)

select
    summed.scope_id,
    summed.period_grain,
    summed.period_start_on,
    summed.class_id,
    summed.planned_card_seconds,
    summed.beyond_plan_card_seconds,
    cast(
        sum(summed.planned_card_seconds) over (
            partition by summed.scope_id, summed.period_grain, summed.period_start_on
        ) as bigint
    ) as plan_card_seconds
from summed
