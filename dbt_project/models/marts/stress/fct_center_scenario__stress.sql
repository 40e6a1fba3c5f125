-- Grain: one row per center and scenario with a name.
with scenarios as (
    select * from {{ ref('int_stress__scenarios') }}
    where scenario_kind = 'named'
),

outcomes as (
    select * from {{ ref('int_stress__outcomes') }}
),

exits as (
    select
        exits.center_id,
        scenarios.scenario_id,
        cast(count(*) as bigint) as lease_count,
        {{ integer_sum('exits.monthly_cny_fen') }} as monthly_cny_fen,
        min(exits.paid_months) as first_exit_month
    from {{ ref('int_stress__exits') }} as exits
    inner join scenarios
        on exits.billed_rank <= scenarios.exit_ranks or (scenarios.vendor_leaves = 1 and exits.is_vendor_side)
    group by exits.center_id, scenarios.scenario_id
)

select
    outcomes.center_id,
    outcomes.scenario_id as scenario,
    coalesce(exits.lease_count, 0) as lease_count,
    coalesce(exits.monthly_cny_fen, 0) as monthly_cny_fen,
    exits.first_exit_month,
    outcomes.monthly_net_cash_cny_fen,
    outcomes.unrecovered_cny_fen,
    outcomes.repaid_cny_fen,
    outcomes.cash_24_months_cny_fen,
    outcomes.lost_to_horizon_cny_fen,
    outcomes.net_value_cny_fen,
    outcomes.payback_months,
    outcomes.payback_reason
from outcomes
inner join scenarios
    on outcomes.scenario_id = scenarios.scenario_id
left join exits
    on
        outcomes.center_id = exits.center_id
        and outcomes.scenario_id = exits.scenario_id
