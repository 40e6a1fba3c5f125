-- Grain: one row per plan line of the policy's basis and local day on which its cards are due.
with plan_lines as (
    select * from {{ ref('stg_registers__capacity_plans') }}
    where plan_basis = {{ policy_text('plan_basis') }}
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

accelerators as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
)

select
    plan_lines.center_id,
    plan_lines.plan_line_id,
    center_days.local_day,
    plan_lines.model_id,
    accelerators.weight_gflops,
    plan_lines.planned_card_count,
    plan_lines.planned_card_count * center_days.day_seconds as planned_card_seconds,
    plan_lines.source_sha256,
    plan_lines.source_line
from plan_lines
inner join center_days
    on
        plan_lines.center_id = center_days.center_id
        and plan_lines.due_on <= center_days.local_day
left join accelerators
    on plan_lines.model_id = accelerators.model_id
where
    plan_lines.withdrawn_on is null
    or center_days.local_day < plan_lines.withdrawn_on
