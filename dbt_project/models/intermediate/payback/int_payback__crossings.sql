-- Grain: one row per center, view, subsidy and flow basis; months after the first spend until the cash stays positive.
with months as (
    select
        center_id,
        view,
        subsidy,
        flow_basis,
        month_index,
        flow_cny_fen,
        discounted_flow_cny_fen,
        cumulative_net_cash_cny_fen,
        cumulative_discounted_cash_cny_fen
    from {{ ref('int_payback__projected_flows') }}
),

-- The last month below zero decides: capex in stages, or a grant paid before the spend, must not end the count early.
below_zero as (
    select
        center_id,
        view,
        subsidy,
        flow_basis,
        max(month_index) as last_month_index,
        coalesce(max(case when cumulative_net_cash_cny_fen < 0 then month_index end), -1) as last_below_index,
        coalesce(max(case when cumulative_discounted_cash_cny_fen < 0 then month_index end), -1)
            as last_discounted_below_index
    from months
    group by center_id, view, subsidy, flow_basis
),

-- A month's flow arrives evenly over the month, so the way through zero is a straight line inside it.
crossed as (
    select
        below_zero.center_id,
        below_zero.view,
        below_zero.subsidy,
        below_zero.flow_basis,
        max(
            case
                when months.month_index = below_zero.last_below_index + 1
                    then
                        greatest(
                            months.month_index
                            - months.cumulative_net_cash_cny_fen
                            / nullif(cast(months.flow_cny_fen as double), 0),
                            0
                        )
            end
        ) as payback_months,
        max(
            case
                when months.month_index = below_zero.last_discounted_below_index + 1
                    then
                        greatest(
                            months.month_index
                            - months.cumulative_discounted_cash_cny_fen
                            / nullif(cast(months.discounted_flow_cny_fen as double), 0),
                            0
                        )
            end
        ) as discounted_payback_months
    from below_zero
    inner join months
        on
            below_zero.center_id = months.center_id
            and below_zero.view = months.view
            and below_zero.subsidy = months.subsidy
            and below_zero.flow_basis = months.flow_basis
    group by below_zero.center_id, below_zero.view, below_zero.subsidy, below_zero.flow_basis
)

select
    center_id,
    view,
    subsidy,
    flow_basis,
    round(payback_months, 6) as payback_months,
    round(discounted_payback_months, 6) as discounted_payback_months
from crossed
