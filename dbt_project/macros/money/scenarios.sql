{# One definition of what a scenario does to a center's money, for the scenarios of the marts and for the reader's own.
   Each macro is the body of a query over relations whose names (or queries in brackets) it is given. #}

{# Grain: one row per center and scenario. Yearly cash, what is still out, and break-even, with the scenario's changes. #}
{% macro scenario_changes(scenarios, bases) -%}
with factors as (
    select
        scenarios.*,
        (1 + scenarios.racked_pct / cast(100 as double)) * (1 + scenarios.sold_pct / cast(100 as double))
            as quantity_factor,
        1 + scenarios.price_pct / cast(100 as double) as price_factor,
        1 + scenarios.collection_pct / cast(100 as double) as collection_factor,
        (1 + scenarios.tariff_pct / cast(100 as double)) * (1 + scenarios.pue_pct / cast(100 as double))
            as energy_price_factor,
        1 + scenarios.pue_pct / cast(100 as double) as pue_factor,
        1 + scenarios.capex_pct / cast(100 as double) as capex_factor,
        1 + scenarios.fixed_cost_pct / cast(100 as double) as fixed_cost_factor,
        1 + scenarios.residual_pct / cast(100 as double) as residual_factor
    from {{ scenarios }} as scenarios
),

-- Tax is due on what is billed, whether or not it is collected. What others contributed, and the debt service, stay as
-- they are; break-even and the residual are the project's in both views.
changed as (
    select
        bases.center_id,
        factors.scenario_id,
        factors.exit_ranks,
        factors.vendor_leaves,
        factors.vacant_months,
        factors.price_cut_pct,
        bases.elapsed_months,
        bases.horizon_months,
        bases.life_months,
        bases.discount_rate,
        factors.price_factor * factors.quantity_factor * factors.collection_factor as receipt_factor,
        bases.true_up_cny_fen * (1 - factors.vendor_leaves)
        + bases.receipt_cny_fen * factors.price_factor * factors.quantity_factor * factors.collection_factor
        - bases.tax_cny_fen * factors.price_factor * factors.quantity_factor
        - bases.fixed_opex_cny_fen * factors.fixed_cost_factor
        - bases.energy_cny_fen * factors.energy_price_factor * factors.quantity_factor
        - case when factors.cash_view = 'owner' then bases.debt_service_cny_fen else 0 end as yearly_net_cash_cny_fen,
        cast(round(bases.capex_cny_fen * factors.capex_factor) as bigint) as capex_cny_fen,
        cast(round(bases.capex_cny_fen * factors.capex_factor) as bigint)
        - case
            when factors.cash_view = 'owner' then bases.contribution_cny_fen + bases.owner_recovered_cny_fen
            else bases.recovered_cny_fen
        end
        - case when factors.subsidy = 'without' then 0 else bases.subsidy_cny_fen end as unrecovered_cny_fen,
        case
            when factors.subsidy = 'clawed_back' then bases.subsidy_cny_fen + bases.subsidy_interest_cny_fen
            else 0
        end as repaid_cny_fen,
        bases.residual_ratio * factors.residual_factor as residual_ratio,
        bases.racked_share * (1 + factors.racked_pct / cast(100 as double)) as racked_share,
        bases.sold_share_of_racked * (1 + factors.sold_pct / cast(100 as double)) as sold_share_of_racked,
        bases.pue_milli * factors.pue_factor as pue_milli,
        factors.racked_pct,
        factors.sold_pct,
        cast(round(bases.fixed_opex_cny_fen * factors.fixed_cost_factor) as bigint)
        + cast(round(bases.demand_charge_cny_fen * factors.pue_factor) as bigint)
        + cast(round(bases.idle_energy_cny_fen * factors.energy_price_factor) as bigint) as fixed_cost_cny_fen,
        bases.price_cny_fen_per_card_hour * factors.price_factor * factors.collection_factor
        - bases.energy_cny_fen_per_sold_card_hour * factors.energy_price_factor as margin_cny_fen_per_card_hour,
        bases.planned_card_hours_per_year
    from {{ bases }} as bases
    cross join factors
),

-- More cards than were planned, or more sold than there are, is no scenario: nothing is cut off at the limit.
limited as (
    select
        changed.*,
        case
            when changed.racked_pct > 0 and changed.racked_share > 1 then 'more_racked_than_planned'
            when changed.sold_pct > 0 and changed.sold_share_of_racked > 1 then 'more_sold_than_racked'
            when changed.pue_milli < 1000 then 'pue_below_one'
        end as limit_reason,
        cast(round(changed.capex_cny_fen * (1 - changed.residual_ratio) * 12 / changed.life_months) as bigint)
            as depreciation_cny_fen,
        cast(
            round(
                changed.capex_cny_fen
                * (
                    1 - changed.residual_ratio
                    / power(1 + changed.discount_rate, changed.life_months / cast(12 as double))
                )
                * changed.discount_rate
                / (1 - power(1 + changed.discount_rate, -changed.life_months / cast(12 as double)))
            ) as bigint
        ) as annuity_cny_fen,
        cast(round(changed.planned_card_hours_per_year * changed.margin_cny_fen_per_card_hour) as bigint)
            as earning_capacity_cny_fen
    from changed
)

select
    center_id,
    scenario_id,
    exit_ranks,
    vendor_leaves,
    vacant_months,
    price_cut_pct,
    elapsed_months,
    horizon_months,
    life_months,
    discount_rate,
    receipt_factor,
    yearly_net_cash_cny_fen,
    capex_cny_fen,
    unrecovered_cny_fen,
    repaid_cny_fen,
    cast(round(capex_cny_fen * residual_ratio) as bigint) as residual_cny_fen,
    racked_share,
    sold_share_of_racked,
    racked_share * sold_share_of_racked as sold_share_of_plan,
    limit_reason,
    case
        when margin_cny_fen_per_card_hour > 0
            then round(fixed_cost_cny_fen / nullif(cast(earning_capacity_cny_fen as double), 0), 6)
    end as break_even_cash_share,
    case
        when margin_cny_fen_per_card_hour > 0
            then round(
                (fixed_cost_cny_fen + depreciation_cny_fen) / nullif(cast(earning_capacity_cny_fen as double), 0), 6
            )
    end as break_even_accounting_share,
    case
        when margin_cny_fen_per_card_hour > 0
            then round(
                (fixed_cost_cny_fen + annuity_cny_fen) / nullif(cast(earning_capacity_cny_fen as double), 0), 6
            )
    end as break_even_full_cost_share,
    case
        when margin_cny_fen_per_card_hour is null then 'break_even_not_known'
        when margin_cny_fen_per_card_hour <= 0 then 'price_below_energy'
    end as break_even_reason
from limited
{%- endmacro %}

{# Grain: one row per center, scenario and month ahead, to the horizon; none where a limit is broken. #}
{% macro scenario_months(changes, exits) -%}
with changes as (
    select * from {{ changes }} as scenario_changes
    where limit_reason is null
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

months as (
    select
        changes.*,
        numbers.number as month_ahead,
        -- Whole fen a month that never drift from the yearly cash: the difference of two rounded running totals.
        cast(round(changes.yearly_net_cash_cny_fen * numbers.number / 12) as bigint)
        - cast(round(changes.yearly_net_cash_cny_fen * (numbers.number - 1) / 12) as bigint)
        - case when numbers.number = 1 then changes.repaid_cny_fen else 0 end as kept_cash_cny_fen
    from changes
    inner join numbers
        on numbers.number between 1 and changes.horizon_months - changes.elapsed_months
),

-- Paid until the earliest date of the lease, then empty, then let again for less.
lost as (
    select
        months.center_id,
        months.scenario_id,
        months.month_ahead,
        {{ integer_sum(
            'case'
            ~ ' when months.month_ahead <= exits.paid_months then 0'
            ~ ' when months.month_ahead <= exits.paid_months + months.vacant_months'
            ~ ' then cast(round(exits.monthly_cny_fen * months.receipt_factor) as bigint)'
            ~ ' else cast(round('
            ~ 'exits.monthly_cny_fen * months.receipt_factor * months.price_cut_pct / 100) as bigint)'
            ~ ' end'
        ) }} as lost_cny_fen,
        {{ integer_sum(
            'case when months.month_ahead = exits.paid_months + 1 then exits.penalty_cny_fen else 0 end'
        ) }} as penalty_cny_fen
    from months
    inner join {{ exits }} as exits
        on
            months.center_id = exits.center_id
            and (
                exits.billed_rank <= months.exit_ranks
                or (months.vendor_leaves = 1 and exits.is_vendor_side)
            )
    group by months.center_id, months.scenario_id, months.month_ahead
),

joined as (
    select
        months.center_id,
        months.scenario_id,
        months.month_ahead,
        months.elapsed_months,
        months.life_months,
        months.discount_rate,
        months.unrecovered_cny_fen,
        coalesce(lost.lost_cny_fen, 0) as lost_cny_fen,
        coalesce(lost.penalty_cny_fen, 0) as penalty_cny_fen,
        months.kept_cash_cny_fen - coalesce(lost.lost_cny_fen, 0) + coalesce(lost.penalty_cny_fen, 0)
            as net_cash_cny_fen
    from months
    left join lost
        on
            months.center_id = lost.center_id
            and months.scenario_id = lost.scenario_id
            and months.month_ahead = lost.month_ahead
)

select
    center_id,
    scenario_id,
    month_ahead,
    elapsed_months,
    life_months,
    discount_rate,
    lost_cny_fen,
    penalty_cny_fen,
    net_cash_cny_fen,
    cast(
        sum(net_cash_cny_fen) over (
            partition by center_id, scenario_id
            order by month_ahead nulls last
            rows between unbounded preceding and current row
        ) as bigint
    ) - unrecovered_cny_fen as balance_cny_fen
from joined
{%- endmacro %}

{# Grain: one row per center and scenario. Payback by the last month below zero, and what is left of value. #}
{% macro scenario_outcomes(changes, months) -%}
with changes as (
    select * from {{ changes }} as scenario_changes
),

months as (
    select * from {{ months }} as scenario_months
),

summed as (
    select
        center_id,
        scenario_id,
        coalesce(max(case when balance_cny_fen < 0 then month_ahead end), 0) as last_below_ahead,
        {{ integer_sum('case when month_ahead <= 24 then net_cash_cny_fen else 0 end') }} as cash_24_months_cny_fen,
        {{ integer_sum('lost_cny_fen - penalty_cny_fen') }} as lost_to_horizon_cny_fen,
        sum(
            case
                when elapsed_months + month_ahead <= life_months
                    then net_cash_cny_fen / power(1 + discount_rate, month_ahead / cast(12 as double))
                else 0
            end
        ) as value_ahead_cny_fen
    from months
    group by center_id, scenario_id
),

crossed as (
    select
        changes.*,
        summed.cash_24_months_cny_fen,
        summed.lost_to_horizon_cny_fen,
        months.month_ahead as crossing_ahead,
        changes.elapsed_months + months.month_ahead
        - months.balance_cny_fen / nullif(cast(months.net_cash_cny_fen as double), 0) as payback_months,
        summed.value_ahead_cny_fen
        + changes.residual_cny_fen / power(
            1 + changes.discount_rate, greatest(changes.life_months - changes.elapsed_months, 0) / cast(12 as double)
        )
        - changes.unrecovered_cny_fen as net_value_cny_fen
    from changes
    left join summed
        on
            changes.center_id = summed.center_id
            and changes.scenario_id = summed.scenario_id
    left join months
        on
            changes.center_id = months.center_id
            and changes.scenario_id = months.scenario_id
            and summed.last_below_ahead + 1 = months.month_ahead
)

select
    center_id,
    scenario_id,
    elapsed_months,
    cast(round(yearly_net_cash_cny_fen / 12) as bigint) as monthly_net_cash_cny_fen,
    capex_cny_fen,
    unrecovered_cny_fen,
    repaid_cny_fen,
    residual_cny_fen,
    cash_24_months_cny_fen,
    lost_to_horizon_cny_fen,
    cast(round(net_value_cny_fen) as bigint) as net_value_cny_fen,
    case when limit_reason is null and unrecovered_cny_fen > 0 then round(payback_months, 6) end as payback_months,
    case
        when limit_reason is not null then limit_reason
        when unrecovered_cny_fen <= 0 then 'already_paid_back'
        when crossing_ahead is null then 'never_at_this_run_rate'
    end as payback_reason,
    racked_share,
    sold_share_of_racked,
    sold_share_of_plan,
    case when limit_reason is null then break_even_cash_share end as break_even_cash_share,
    case when limit_reason is null then break_even_accounting_share end as break_even_accounting_share,
    case when limit_reason is null then break_even_full_cost_share end as break_even_full_cost_share,
    coalesce(limit_reason, break_even_reason) as break_even_reason
from crossed
{%- endmacro %}

{# The reader's own scenario as one row: whole percents of change and words, bound when the query is asked. #}
{% macro chosen_scenario() -%}
(
    select
        'chosen' as scenario_id,
        {% for name in scenario_parameters() -%}
        cast(${{ name }} as {{ 'varchar' if name in ['subsidy', 'cash_view'] else 'bigint' }}) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
)
{%- endmacro %}

{% macro scenario_parameters() -%}
    {{ return([
        'price_pct', 'racked_pct', 'sold_pct', 'collection_pct', 'tariff_pct', 'pue_pct', 'capex_pct', 'residual_pct',
        'fixed_cost_pct', 'exit_ranks', 'vendor_leaves', 'vacant_months', 'price_cut_pct', 'subsidy',
        'cash_view'
    ]) }}
{%- endmacro %}
