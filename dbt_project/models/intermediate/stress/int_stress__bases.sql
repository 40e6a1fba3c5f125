-- Grain: one row per center whose run-rate of twelve months is known; where stress starts from.
with paybacks as (
    select * from {{ ref('int_payback__center_paybacks') }}
    where
        view = 'project'
        and subsidy = 'without'
        and flow_basis = 'run_rate_t12m'
        and trailing_monthly_net_cash_cny_fen is not null
)

select
    center_id,
    elapsed_months,
    capex_cny_fen,
    capex_cny_fen - recovered_cny_fen as unrecovered_cny_fen,
    trailing_monthly_net_cash_cny_fen as monthly_net_cash_cny_fen
from paybacks
