-- Grain: one row per center, scenario with a name and month ahead, at most eight years.
with months as (
    select months.*
    from {{ ref('int_stress__months') }} as months
    inner join {{ ref('int_stress__scenarios') }} as scenarios
        on months.scenario_id = scenarios.scenario_id
    where scenarios.scenario_kind = 'named' and months.month_ahead <= 96
)

select
    center_id,
    scenario_id as scenario,
    month_ahead,
    elapsed_months + month_ahead as month_index,
    net_cash_cny_fen,
    balance_cny_fen
from months
