-- Grain: one row per center, scenario and month ahead, from the first month after the last complete one.
with bases as (
    select * from {{ ref('int_stress__bases') }}
),

exits as (
    select * from {{ ref('int_stress__exits') }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

terms as (
    select
        {{ policy_number('payback_horizon_months') }} as horizon_months,
        {{ policy_number('stress_vacant_months') }} as vacant_months,
        {{ policy_number('stress_price_cut_ratio') }} as price_cut_ratio
),

scenarios as (
    select named.scenario
    from (values ('as_today'), ('top_1_leaves'), ('top_3_leave')) as named (scenario)
),

months as (
    select
        bases.center_id,
        scenarios.scenario,
        numbers.number as month_ahead,
        bases.elapsed_months,
        bases.unrecovered_cny_fen,
        bases.monthly_net_cash_cny_fen,
        terms.vacant_months,
        terms.price_cut_ratio
    from bases
    cross join scenarios
    cross join terms
    inner join numbers
        on numbers.number between 1 and terms.horizon_months - bases.elapsed_months
),

lost as (
    select
        months.center_id,
        months.scenario,
        months.month_ahead,
        {{ integer_sum(
            'case'
            ~ ' when months.month_ahead <= exits.paid_months then 0'
            ~ ' when months.month_ahead <= exits.paid_months + months.vacant_months then exits.monthly_cny_fen'
            ~ ' else cast(round(exits.monthly_cny_fen * months.price_cut_ratio) as bigint)'
            ~ ' end'
        ) }} as lost_cny_fen,
        {{ integer_sum(
            'case when months.month_ahead = exits.paid_months + 1 then exits.penalty_cny_fen else 0 end'
        ) }} as penalty_cny_fen
    from months
    inner join exits
        on
            months.center_id = exits.center_id
            and months.scenario = exits.scenario
    group by months.center_id, months.scenario, months.month_ahead
)

select
    months.center_id,
    months.scenario,
    months.month_ahead,
    months.elapsed_months,
    coalesce(lost.lost_cny_fen, 0) as lost_cny_fen,
    coalesce(lost.penalty_cny_fen, 0) as penalty_cny_fen,
    months.monthly_net_cash_cny_fen - coalesce(lost.lost_cny_fen, 0) + coalesce(lost.penalty_cny_fen, 0)
        as net_cash_cny_fen,
    cast(
        sum(
            months.monthly_net_cash_cny_fen - coalesce(lost.lost_cny_fen, 0) + coalesce(lost.penalty_cny_fen, 0)
        ) over running as bigint
    ) as cumulative_cash_cny_fen,
    cast(
        sum(
            months.monthly_net_cash_cny_fen - coalesce(lost.lost_cny_fen, 0) + coalesce(lost.penalty_cny_fen, 0)
        ) over running as bigint
    ) - months.unrecovered_cny_fen as balance_cny_fen
from months
left join lost
    on
        months.center_id = lost.center_id
        and months.scenario = lost.scenario
        and months.month_ahead = lost.month_ahead
window
    running as (
        partition by months.center_id, months.scenario
        order by months.month_ahead asc nulls last
    )
