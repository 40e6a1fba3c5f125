-- Grain: one row per center, account (a lease, or a payer billed without one) and month with a charge or a bill.
with account_months as (
    select
        account_months.*,
        max(case when account_months.invoiced_net_cny_fen > 0 then account_months.month_start_on end) over (
            partition by account_months.center_id
        ) as last_billed_month_on
    from {{ ref('int_revenue__account_months') }} as account_months
)

select
    center_id,
    account_id,
    month_start_on,
    lease_id,
    payer_party_id,
    billing_mode,
    recognition,
    in_force_days,
    month_days,
    card_hour_milli,
    token_million_milli,
    minimum_milli,
    overage_milli,
    contract_net_cny_fen,
    contract_withheld_reason,
    invoiced_net_cny_fen,
    credit_net_cny_fen,
    billed_net_cny_fen,
    billed_tax_cny_fen,
    collected_cny_fen,
    collected_net_cny_fen,
    passed_on_net_cny_fen,
    case
        when recognition = 'sublease_net' then billed_net_cny_fen - passed_on_net_cny_fen
        else billed_net_cny_fen
    end as recognised_net_cny_fen,
    related_billed_net_cny_fen,
    case when month_start_on <= last_billed_month_on then contract_net_cny_fen - billed_net_cny_fen end
        as not_billed_net_cny_fen
from account_months
