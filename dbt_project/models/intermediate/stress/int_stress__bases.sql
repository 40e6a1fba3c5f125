-- Grain: one row per center whose run-rate of twelve months is known; where every scenario starts from.
with paybacks as (
    select * from {{ ref('int_payback__center_paybacks') }}
    where
        view = 'project'
        and subsidy = 'without'
        and flow_basis = 'run_rate_t12m'
        and trailing_monthly_net_cash_cny_fen is not null
),

-- What an authority would take back carries interest from the month it was paid.
subsidies as (
    select
        months.center_id,
        {{ integer_sum('months.subsidy_cny_fen') }} as subsidy_cny_fen,
        cast(
            round(
                sum(
                    months.subsidy_cny_fen
                    * {{ policy_number('subsidy_interest_rate') }}
                    * (paybacks.elapsed_months - months.month_index)
                    / cast(12 as double)
                )
            ) as bigint
        ) as subsidy_interest_cny_fen
    from {{ ref('int_payback__month_cash') }} as months
    inner join paybacks
        on months.center_id = paybacks.center_id
    where months.is_complete
    group by months.center_id
),

years as (
    select * from {{ ref('int_payback__trailing_years') }}
),

-- The owner's outlay is less by what others contributed, and its cash by debt service.
views as (
    select
        center_id,
        {{ integer_sum("case when view = 'project' then capex_cny_fen else -capex_cny_fen end") }}
            as contribution_cny_fen,
        {{ integer_sum("case when view = 'owner' then recovered_cny_fen else 0 end") }} as owner_recovered_cny_fen,
        {{ integer_sum(
            "case when view = 'project' then trailing_recurring_cny_fen else -trailing_recurring_cny_fen end"
        ) }} as debt_service_cny_fen
    from {{ ref('int_payback__run_rates') }}
    where
        subsidy = 'without'
        and flow_basis = 'run_rate_t12m'
    group by center_id
),

inputs as (
    select * from {{ ref('int_payback__break_even_inputs') }}
),

terms as (
    select
        power_terms.center_id,
        power_terms.pue_milli
    from {{ ref('stg_registers__power_terms') }} as power_terms
    inner join years
        on
            power_terms.center_id = years.center_id
            and power_terms.valid_from_on < years.end_on
    qualify
        row_number() over (
            partition by power_terms.center_id
            order by power_terms.valid_from_on desc nulls last
        ) = 1
)

select
    paybacks.center_id,
    paybacks.elapsed_months,
    cast({{ policy_number('payback_horizon_months') }} as bigint) as horizon_months,
    cast(12 * {{ policy_number('economics_life_years') }} as bigint) as life_months,
    {{ policy_number('economics_wacc_rate') }} as discount_rate,
    {{ policy_number('economics_residual_ratio') }} as residual_ratio,
    paybacks.capex_cny_fen,
    paybacks.recovered_cny_fen,
    views.contribution_cny_fen,
    views.owner_recovered_cny_fen,
    views.debt_service_cny_fen,
    subsidies.subsidy_cny_fen,
    subsidies.subsidy_interest_cny_fen,
    years.receipt_cny_fen,
    years.tax_cny_fen,
    years.true_up_cny_fen,
    years.fixed_opex_cny_fen,
    years.energy_cny_fen,
    {{ ratio('years.racked_card_seconds_upper', 'years.planned_card_seconds') }} as racked_share,
    {{ ratio('years.sold_card_seconds', 'years.racked_card_seconds_upper') }} as sold_share_of_racked,
    terms.pue_milli,
    case when inputs.withheld_reason is null then inputs.demand_charge_cny_fen end as demand_charge_cny_fen,
    case when inputs.withheld_reason is null then inputs.idle_energy_cny_fen end as idle_energy_cny_fen,
    case when inputs.withheld_reason is null then inputs.price_cny_fen_per_card_hour end
        as price_cny_fen_per_card_hour,
    case when inputs.withheld_reason is null then inputs.energy_cny_fen_per_sold_card_hour end
        as energy_cny_fen_per_sold_card_hour,
    inputs.planned_card_count * cast(8760 as bigint) as planned_card_hours_per_year
from paybacks
inner join subsidies
    on paybacks.center_id = subsidies.center_id
inner join years
    on paybacks.center_id = years.center_id
inner join views
    on paybacks.center_id = views.center_id
left join inputs
    on paybacks.center_id = inputs.center_id
left join terms
    on paybacks.center_id = terms.center_id
