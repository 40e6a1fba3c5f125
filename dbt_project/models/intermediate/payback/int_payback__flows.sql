-- Grain: one row per center, view, subsidy and complete month; the cash flow that payback counts.
with months as (
    select * from {{ ref('int_payback__month_cash') }}
    where is_complete
),

-- A vendor's contribution lowers what the owner lays out, never what the project costs.
counted as (
    select
        months.center_id,
        views.view_name,
        subsidies.subsidy,
        months.month_start_on,
        months.month_index,
        months.is_operating,
        case
            when views.view_name = 'owner' then months.capex_cny_fen - months.vendor_contribution_cny_fen
            else months.capex_cny_fen
        end as capex_cny_fen,
        case
            when views.view_name = 'owner' then months.net_operating_cash_cny_fen - months.debt_service_cny_fen
            else months.net_operating_cash_cny_fen
        end as recurring_cny_fen,
        case when subsidies.subsidy = 'with' then months.subsidy_cny_fen else 0 end as subsidy_cny_fen
    from months
    cross join (values ('project'), ('owner')) as views (view_name)
    cross join (values ('with'), ('without')) as subsidies (subsidy)
)

select
    center_id,
    view_name as view,
    subsidy,
    month_start_on,
    month_index,
    is_operating,
    capex_cny_fen,
    recurring_cny_fen,
    subsidy_cny_fen,
    recurring_cny_fen + subsidy_cny_fen - capex_cny_fen as flow_cny_fen
from counted
