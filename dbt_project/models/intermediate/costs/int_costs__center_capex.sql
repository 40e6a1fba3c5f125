-- Grain: one row per center with capex lines: what it costs to build, who shares in it, and the power planned for it.
with lines as (
    select * from {{ ref('int_costs__capex_lines') }}
),

clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
),

totals as (
    select
        center_id,
        {{ integer_sum('net_cny_fen') }} as net_cny_fen,
        {{ integer_sum('gross_cny_fen') }} as gross_cny_fen,
        {{ integer_sum("case when capex_category = 'servers' then gross_cny_fen else 0 end") }}
            as servers_gross_cny_fen,
        {{ integer_sum(
            "case when capex_category in ('network_ib', 'network_roce') then gross_cny_fen else 0 end"
        ) }} as network_gross_cny_fen,
        {{ integer_sum('case when net_cny_fen is null then 1 else 0 end') }} as unresolved_line_count
    from lines
    group by center_id
),

contributions as (
    select
        center_id,
        {{ integer_sum("case when contribution_nature = 'grant' then amount_cny_fen else 0 end") }} as grant_cny_fen,
        {{ integer_sum("case when contribution_nature = 'loan' then amount_cny_fen else 0 end") }} as loan_cny_fen,
        {{ integer_sum(
            "case when contribution_nature not in ('grant', 'loan') then amount_cny_fen else 0 end"
        ) }} as contributed_cny_fen
    from {{ ref('stg_registers__capital_contributions') }}
    group by center_id
),

paid as (
    select
        center_id,
        {{ integer_sum('capex_cny_fen') }} as paid_cny_fen
    from {{ ref('int_payback__month_cash') }}
    group by center_id
),

planned as (
    select
        plans.center_id,
        {{ integer_sum('plans.planned_card_count') }} as planned_card_count,
        max(case when accelerators.weight_gflops is null then 1 else 0 end) as has_unweighted,
        {{ integer_sum('plans.planned_card_count * accelerators.weight_gflops') }} as planned_gflops
    from {{ ref('stg_registers__capacity_plans') }} as plans
    inner join clock
        on
            plans.center_id = clock.center_id
            and coalesce(plans.withdrawn_on > clock.as_of_on, true)
    left join {{ ref('accelerators') }} as accelerators
        on plans.model_id = accelerators.model_id
    where plans.plan_basis = {{ policy_text('plan_basis') }}
    group by plans.center_id
)

select
    totals.center_id,
    totals.net_cny_fen,
    totals.gross_cny_fen,
    totals.servers_gross_cny_fen,
    totals.network_gross_cny_fen,
    totals.unresolved_line_count,
    coalesce(contributions.contributed_cny_fen, 0) as contributed_cny_fen,
    coalesce(contributions.loan_cny_fen, 0) as loan_cny_fen,
    coalesce(contributions.grant_cny_fen, 0) as grant_cny_fen,
    coalesce(paid.paid_cny_fen, 0) as paid_cny_fen,
    planned.planned_card_count,
    case when planned.has_unweighted = 0 then planned.planned_gflops end as planned_gflops
from totals
left join contributions
    on totals.center_id = contributions.center_id
left join paid
    on totals.center_id = paid.center_id
left join planned
    on totals.center_id = planned.center_id
