-- Grain: one row per center and calendar month, from its first movement or opening to the month of as-of.
with months as (
    select
        month_cash.*,
        month_cash.net_operating_cash_cny_fen - month_cash.capex_cny_fen as project_flow_cny_fen,
        month_cash.net_operating_cash_cny_fen
        - month_cash.debt_service_cny_fen
        - month_cash.capex_cny_fen
        + month_cash.vendor_contribution_cny_fen as owner_flow_cny_fen
    from {{ ref('int_payback__month_cash') }} as month_cash
)

select
    center_id,
    month_start_on,
    month_end_on,
    month_index,
    is_complete,
    receipt_cny_fen,
    true_up_cny_fen,
    subsidy_cny_fen,
    vendor_contribution_cny_fen,
    capex_cny_fen,
    opex_cny_fen,
    energy_cny_fen,
    tax_cny_fen,
    debt_service_cny_fen,
    net_operating_cash_cny_fen,
    cast(sum(capex_cny_fen) over running as bigint) as cumulative_capex_cny_fen,
    cast(sum(project_flow_cny_fen) over running as bigint) as cumulative_net_cash_project_cny_fen,
    cast(sum(project_flow_cny_fen + subsidy_cny_fen) over running as bigint)
        as cumulative_net_cash_with_subsidy_cny_fen,
    cast(sum(owner_flow_cny_fen) over running as bigint) as cumulative_net_cash_owner_cny_fen,
    cast(sum(owner_flow_cny_fen + subsidy_cny_fen) over running as bigint)
        as cumulative_net_cash_owner_with_subsidy_cny_fen
from months
window running as (partition by center_id order by month_start_on nulls last)
