-- Grain: one row per center and scenario; when the money is back then, and the cash of the next two years.
with months as (
    select * from {{ ref('int_stress__months') }}
),

below_zero as (
    select
        center_id,
        scenario,
        coalesce(max(case when balance_cny_fen < 0 then month_ahead end), 0) as last_below_ahead,
        {{ integer_sum('case when month_ahead <= 24 then net_cash_cny_fen else 0 end') }} as cash_24_months_cny_fen,
        {{ integer_sum('lost_cny_fen - penalty_cny_fen') }} as lost_to_horizon_cny_fen
    from months
    group by center_id, scenario
)

select
    below_zero.center_id,
    below_zero.scenario,
    below_zero.cash_24_months_cny_fen,
    below_zero.lost_to_horizon_cny_fen,
    round(
        months.elapsed_months
        + months.month_ahead
        - {{ ratio('months.balance_cny_fen', 'months.net_cash_cny_fen') }},
        6
    ) as payback_months,
    case when months.month_ahead is null then 'never_at_this_run_rate' end as payback_reason
from below_zero
left join months
    on
        below_zero.center_id = months.center_id
        and below_zero.scenario = months.scenario
        and below_zero.last_below_ahead + 1 = months.month_ahead
