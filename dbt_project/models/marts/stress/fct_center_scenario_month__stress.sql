-- Grain: one row per center, scenario and month ahead, at most eight years.
with months as (
    select * from {{ ref('int_stress__months') }}
    where month_ahead <= 96
)

select
    center_id,
    scenario,
    month_ahead,
    elapsed_months + month_ahead as month_index,
    net_cash_cny_fen,
    balance_cny_fen
from months
