-- Grain: one row per center, driver of payback and change.
with outcomes as (
    select * from {{ ref('int_stress__outcomes') }}
),

bases as (
    select * from outcomes
    where scenario_id = 'as_today'
)

select
    outcomes.center_id,
    scenarios.driver,
    scenarios.change,
    scenarios.change_pct / cast(100 as double) as change_ratio,
    outcomes.monthly_net_cash_cny_fen,
    outcomes.payback_months,
    outcomes.payback_reason,
    bases.payback_months as base_payback_months,
    bases.payback_reason as base_payback_reason,
    outcomes.payback_months - bases.payback_months as difference_months,
    outcomes.net_value_cny_fen,
    bases.net_value_cny_fen as base_net_value_cny_fen,
    outcomes.net_value_cny_fen - bases.net_value_cny_fen as net_value_difference_cny_fen
from outcomes
inner join {{ ref('int_stress__scenarios') }} as scenarios
    on
        outcomes.scenario_id = scenarios.scenario_id
        and scenarios.scenario_kind = 'driver'
inner join bases
    on outcomes.center_id = bases.center_id
