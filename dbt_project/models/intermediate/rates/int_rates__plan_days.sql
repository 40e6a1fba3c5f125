-- Grain: one row per center, model and local day on which a plan on any basis has cards due.
with plan_lines as (
    select
        center_id,
        model_id,
        plan_basis,
        planned_card_count,
        due_on,
        withdrawn_on
    from {{ ref('stg_registers__capacity_plans') }}
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

default_basis as (
    select {{ policy_text('plan_basis') }} as plan_basis
),

due as (
    select
        plan_lines.center_id,
        plan_lines.model_id,
        center_days.local_day,
        center_days.day_seconds,
        case when plan_lines.plan_basis = default_basis.plan_basis then plan_lines.planned_card_count end
            as planned_card_count,
        case when plan_lines.plan_basis = 'due_to_date' then plan_lines.planned_card_count end as due_card_count,
        case when plan_lines.plan_basis = 'amended' then plan_lines.planned_card_count end as amended_card_count
    from plan_lines
    inner join center_days
        on
            plan_lines.center_id = center_days.center_id
            and plan_lines.due_on <= center_days.local_day
    cross join default_basis
    where
        plan_lines.withdrawn_on is null
        or center_days.local_day < plan_lines.withdrawn_on
)

select
    due.center_id,
    due.model_id,
    due.local_day,
    {{ integer_sum('due.planned_card_count') }} as planned_card_count,
    {{ integer_sum('due.due_card_count') }} as due_card_count,
    {{ integer_sum('due.amended_card_count') }} as amended_card_count,
    {{ integer_sum('due.planned_card_count * due.day_seconds') }} as planned_card_seconds,
    {{ integer_sum('due.due_card_count * due.day_seconds') }} as due_card_seconds,
    {{ integer_sum('due.amended_card_count * due.day_seconds') }} as amended_card_seconds
from due
group by due.center_id, due.model_id, due.local_day
