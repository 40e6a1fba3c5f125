-- Grain: one row per center and basis of PFLOPS; what its billing of a year comes to per PFLOPS and year.
with billed_months as (
    select
        months.center_id,
        months.month_start_on,
        months.billed_net_cny_fen,
        max(months.month_start_on) over (partition by months.center_id) as last_month_on
    from {{ ref('int_leases__months') }} as months
),

billed as (
    select
        center_id,
        last_month_on,
        cast(count(distinct month_start_on) as bigint) as month_count,
        {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen
    from billed_months
    where month_start_on > {{ add_months('last_month_on', -12) }}
    group by center_id, last_month_on
),

capacity as (
    select
        center_months.center_id,
        {{ wide_sum('center_months.racked_gflops_seconds_upper') }} as racked_gflops_seconds,
        {{ wide_sum('center_months.planned_gflops_seconds') }} as planned_gflops_seconds
    from {{ ref('int_utilization__center_months') }} as center_months
    inner join billed
        on
            center_months.center_id = billed.center_id
            and center_months.month_start_on <= billed.last_month_on
            and center_months.month_start_on > {{ add_months('billed.last_month_on', -12) }}
    group by center_months.center_id
),

-- What the plan calls its PFLOPS, over what the catalogue makes of the same cards.
declared as (
    select
        plan_lines.center_id,
        {{ ratio(
            'sum(plan_lines.declared_pflops) * 1000000',
            'sum(plan_lines.planned_card_count * accelerators.weight_gflops)'
        ) }} as declared_ratio_of_dense
    from {{ ref('stg_registers__capacity_plans') }} as plan_lines
    inner join {{ ref('accelerators') }} as accelerators
        on plan_lines.model_id = accelerators.model_id
    where
        plan_lines.plan_basis = {{ policy_text('plan_basis') }}
        and plan_lines.declared_pflops is not null
        and accelerators.weight_gflops is not null
    group by plan_lines.center_id
)

select
    billed.center_id,
    bases.pflops_basis,
    billed.last_month_on,
    billed.month_count,
    billed.billed_net_cny_fen,
    cast(
        case
            when bases.pflops_basis = 'racked_dense' then capacity.racked_gflops_seconds
            when bases.pflops_basis = 'planned_dense' then capacity.planned_gflops_seconds
            else round(capacity.planned_gflops_seconds * declared.declared_ratio_of_dense)
        end as double
    ) / 31536000 / 1000000 as pflops_years,
    case when bases.pflops_basis = 'planned_as_declared' then declared.declared_ratio_of_dense else 1 end
        as ratio_of_dense
from billed
cross join (values ('racked_dense'), ('planned_dense'), ('planned_as_declared')) as bases (pflops_basis)
left join capacity
    on billed.center_id = capacity.center_id
left join declared
    on billed.center_id = declared.center_id
