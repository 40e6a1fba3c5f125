-- Grain: one row per scenario: those with a name, one driver changed, and the grid of price and quantity sold.
with terms as (
    select
        cast(round(100 * {{ policy_number('stress_step_ratio') }}) as bigint) as step_pct,
        cast({{ policy_number('stress_vacant_months') }} as bigint) as vacant_months,
        cast(round(100 * {{ policy_number('stress_price_cut_ratio') }}) as bigint) as price_cut_pct
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

named as (
    select
        'named' as scenario_kind,
        events.scenario_id,
        events.exit_ranks,
        events.vendor_leaves,
        events.subsidy,
        events.driver,
        cast(null as string) as change,
        events.direction,
        0 as price_steps,
        0 as sold_steps
    from
        (
            values
            ('as_today', 0, 0, 'without', 'none', 0),
            ('top_1_leaves', 1, 0, 'without', 'none', 0),
            ('top_3_leave', 3, 0, 'without', 'none', 0),
            ('vendor_leaves', 0, 1, 'without', 'none', 0),
            ('tariff_up', 0, 0, 'without', 'tariff', 1),
            ('subsidy_kept', 0, 0, 'with', 'none', 0),
            ('subsidy_clawed_back', 0, 0, 'clawed_back', 'none', 0)
        ) as events (scenario_id, exit_ranks, vendor_leaves, subsidy, driver, direction)
),

drivers as (
    select
        'driver' as scenario_kind,
        'driver_' || changes.driver || '_' || changes.change as scenario_id,
        0 as exit_ranks,
        0 as vendor_leaves,
        'without' as subsidy,
        changes.driver,
        changes.change,
        changes.direction,
        0 as price_steps,
        0 as sold_steps
    from {{ ref('int_stress__drivers') }} as changes
),

grid as (
    select
        'grid' as scenario_kind,
        'grid_' || cast(prices.number as string) || '_' || cast(amounts.number as string) as scenario_id,
        0 as exit_ranks,
        0 as vendor_leaves,
        'without' as subsidy,
        'none' as driver,
        cast(null as string) as change,
        0 as direction,
        cast(prices.number - 4 as integer) as price_steps,
        cast(amounts.number - 4 as integer) as sold_steps
    from numbers as prices
    cross join numbers as amounts
    where prices.number between 0 and 8 and amounts.number between 0 and 8
),

all_scenarios as (
    select * from named
    union all
    select * from drivers
    union all
    select * from grid
)

select
    all_scenarios.scenario_id,
    all_scenarios.scenario_kind,
    all_scenarios.driver,
    all_scenarios.change,
    cast(all_scenarios.direction * terms.step_pct as bigint) as change_pct,
    {% for driver in [
        'price', 'racked', 'sold', 'collection', 'tariff', 'pue', 'capex', 'residual', 'fixed_cost'
    ] -%}
        cast(
            case when all_scenarios.driver = '{{ driver }}' then all_scenarios.direction * terms.step_pct else 0 end
            {%- if driver in ['price', 'sold'] %} + all_scenarios.{{ driver }}_steps * 10{% endif %} as bigint
        ) as {{ driver }}_pct,
    {% endfor -%}
    cast(all_scenarios.exit_ranks as bigint) as exit_ranks,
    cast(all_scenarios.vendor_leaves as bigint) as vendor_leaves,
    terms.vacant_months,
    terms.price_cut_pct,
    all_scenarios.subsidy,
    'project' as cash_view
from all_scenarios
cross join terms
