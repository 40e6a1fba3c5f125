-- Grain: one row per center, change of price and change of quantity sold, in steps of 10 %.
with outcomes as (
    select * from {{ ref('int_stress__outcomes') }}
)

select
    outcomes.center_id,
    scenarios.price_pct,
    scenarios.sold_pct,
    outcomes.sold_share_of_racked,
    outcomes.monthly_net_cash_cny_fen,
    outcomes.payback_months,
    outcomes.payback_reason
from outcomes
inner join {{ ref('int_stress__scenarios') }} as scenarios
    on
        outcomes.scenario_id = scenarios.scenario_id
        and scenarios.scenario_kind = 'grid'
