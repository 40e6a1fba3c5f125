-- Grain: one row per center, view, subsidy, flow basis and month.
with months as (
    select * from {{ ref('int_payback__projected_flows') }}
)

select
    center_id,
    view,
    subsidy,
    flow_basis,
    month_start_on,
    month_index,
    is_projected,
    flow_cny_fen,
    discounted_flow_cny_fen,
    cumulative_net_cash_cny_fen,
    cumulative_discounted_cash_cny_fen
from months
