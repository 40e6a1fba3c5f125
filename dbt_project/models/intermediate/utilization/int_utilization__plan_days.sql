-- Grain: one row per center, model and local day on which the plan in the policy's basis has cards due.
with plan_lines as (
    select
        center_id,
        model_id,
        planned_card_count,
        due_on,
        withdrawn_on
    from {{ ref('stg_registers__capacity_plans') }}
    where plan_basis = {{ policy_text('plan_basis') }}
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
)

select
    plan_lines.center_id,
    plan_lines.model_id,
    center_days.local_day,
    {{ integer_sum('plan_lines.planned_card_count') }} as planned_card_count,
    {{ integer_sum('plan_lines.planned_card_count * center_days.day_seconds') }} as planned_card_seconds
from plan_lines
inner join center_days
    on
        plan_lines.center_id = center_days.center_id
        and plan_lines.due_on <= center_days.local_day
where
    plan_lines.withdrawn_on is null
    or center_days.local_day < plan_lines.withdrawn_on
group by plan_lines.center_id, plan_lines.model_id, center_days.local_day
