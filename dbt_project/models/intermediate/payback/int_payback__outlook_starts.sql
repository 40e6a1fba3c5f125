-- Grain: one row per center, view and subsidy whose costs of twelve months are known; where every outlook starts from.
with run_rates as (
    select * from {{ ref('int_payback__run_rates') }}
    where
        flow_basis = 'run_rate_t12m'
        and withheld_reason is null
),

ranked as (
    select
        month_cash.center_id,
        month_cash.receipt_cny_fen + month_cash.true_up_cny_fen as inflow_cny_fen,
        row_number() over (
            partition by month_cash.center_id
            order by month_cash.month_start_on desc nulls last
        ) as months_back
    from {{ ref('int_payback__month_cash') }} as month_cash
    where month_cash.is_complete
),

inflows as (
    select
        center_id,
        {{ integer_sum('inflow_cny_fen') }} as inflow_cny_fen
    from ranked
    where months_back <= 12
    group by center_id
),

clock as (
    select
        center_id,
        as_of_month_on
    from {{ ref('int_payback__center_clock') }}
),

-- Lines whose month has had time to be paid: service of the year that ended two months before as-of.
collected as (
    select
        lines.center_id,
        {{ integer_sum('lines.billed_cny_fen') }} as billed_gross_cny_fen,
        {{ integer_sum('lines.received_cny_fen') }} as collected_gross_cny_fen
    from {{ ref('int_collection__billed_lines') }} as lines
    inner join clock
        on
            lines.center_id = clock.center_id
            and lines.service_from >= {{ add_months('clock.as_of_month_on', -14) }}
            and lines.service_from < {{ add_months('clock.as_of_month_on', -2) }}
    group by lines.center_id
)

select
    run_rates.center_id,
    run_rates.view,
    run_rates.subsidy,
    run_rates.elapsed_months,
    run_rates.last_month_on,
    run_rates.recovered_cny_fen - run_rates.capex_cny_fen as opening_balance_cny_fen,
    cast(
        round((inflows.inflow_cny_fen - run_rates.trailing_recurring_cny_fen) / cast(12 as double)) as bigint
    ) as monthly_cost_cny_fen,
    coalesce(collected.billed_gross_cny_fen, 0) as billed_gross_cny_fen,
    coalesce(collected.collected_gross_cny_fen, 0) as collected_gross_cny_fen,
    {{ ratio('collected.collected_gross_cny_fen', 'collected.billed_gross_cny_fen') }} as collected_share
from run_rates
inner join inflows
    on run_rates.center_id = inflows.center_id
left join collected
    on run_rates.center_id = collected.center_id
