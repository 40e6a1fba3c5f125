-- Grain: one row per center, view, subsidy, flow basis and month; realised, then at the run-rate or as contracted.
with flows as (
    select * from {{ ref('int_payback__flows') }}
),

run_rates as (
    select * from {{ ref('int_payback__run_rates') }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

realised as (
    select
        run_rates.center_id,
        run_rates.view,
        run_rates.subsidy,
        run_rates.flow_basis,
        flows.month_start_on,
        flows.month_index,
        flows.flow_cny_fen,
        false as is_projected
    from run_rates
    inner join flows
        on
            run_rates.center_id = flows.center_id
            and run_rates.view = flows.view
            and run_rates.subsidy = flows.subsidy
),

-- Whole fen per month whose sum never drifts from the run-rate: the difference of two rounded running totals.
projected as (
    select
        run_rates.center_id,
        run_rates.view,
        run_rates.subsidy,
        run_rates.flow_basis,
        {{ add_months('run_rates.last_month_on', 'numbers.number') }} as month_start_on,
        run_rates.elapsed_months + numbers.number as month_index,
        cast(
            round(
                cast(run_rates.trailing_recurring_cny_fen as double) * numbers.number / run_rates.trailing_month_count
            ) as bigint
        )
        - cast(
            round(
                cast(run_rates.trailing_recurring_cny_fen as double) * (numbers.number - 1)
                / run_rates.trailing_month_count
            ) as bigint
        ) as flow_cny_fen,
        true as is_projected
    from run_rates
    inner join numbers
        on
            numbers.number >= 1
            and run_rates.elapsed_months + numbers.number <= {{ policy_number('payback_horizon_months') }}
    where
        run_rates.trailing_recurring_cny_fen is not null
        and run_rates.flow_basis <> 'contracted'
),

-- What today's leases charge until their signed ends, less the running cost; after the last of them nothing.
contracted as (
    select
        run_rates.center_id,
        run_rates.view,
        run_rates.subsidy,
        run_rates.flow_basis,
        {{ add_months('run_rates.last_month_on', 'contract_months.month_ahead') }} as month_start_on,
        run_rates.elapsed_months + contract_months.month_ahead as month_index,
        contract_months.contracted_gross_cny_fen - starts.monthly_cost_cny_fen as flow_cny_fen,
        true as is_projected
    from run_rates
    inner join {{ ref('int_payback__outlook_starts') }} as starts
        on
            run_rates.center_id = starts.center_id
            and run_rates.view = starts.view
            and run_rates.subsidy = starts.subsidy
    inner join {{ ref('int_payback__contract_months') }} as contract_months
        on
            run_rates.center_id = contract_months.center_id
            and run_rates.elapsed_months + contract_months.month_ahead <= {{ policy_number('payback_horizon_months') }}
    where run_rates.flow_basis = 'contracted'
),

all_months as (
    select * from realised
    union all
    select * from projected
    union all
    select * from contracted
),

discounted as (
    select
        all_months.*,
        cast(
            round(
                all_months.flow_cny_fen
                / power(1 + {{ policy_number('economics_wacc_rate') }}, all_months.month_index / cast(12 as double))
            ) as bigint
        ) as discounted_flow_cny_fen
    from all_months
)

select
    center_id,
    view,
    subsidy,
    flow_basis,
    month_start_on,
    month_index,
    is_projected,
    flow_cny_fen,
    discounted_flow_cny_fen,
    cast(sum(flow_cny_fen) over running as bigint) as cumulative_net_cash_cny_fen,
    cast(sum(discounted_flow_cny_fen) over running as bigint) as cumulative_discounted_cash_cny_fen
from discounted
window running as (partition by center_id, view, subsidy, flow_basis order by month_index nulls last)
