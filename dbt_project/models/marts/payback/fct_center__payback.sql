-- Grain: one row per center, view, subsidy and flow basis.
with paybacks as (
    select * from {{ ref('int_payback__center_paybacks') }}
)

select
    center_id,
    view,
    subsidy,
    flow_basis,
    capex_cny_fen,
    recovered_cny_fen,
    recovered_share,
    trailing_monthly_net_cash_cny_fen,
    elapsed_months,
    payback_months,
    commissioning_months,
    payback_months_from_commissioning,
    payback_reason,
    discounted_payback_months,
    discounted_payback_reason,
    npv_cny_fen,
    irr_rate,
    irr_reason,
    discount_rate
from paybacks
