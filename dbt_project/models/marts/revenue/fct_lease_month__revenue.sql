-- Grain: one row per center, account (a lease, or a payer billed without one) and month with a charge or a bill.
with account_months as (
    select * from {{ ref('int_revenue__account_months') }}
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
    contract_net_cny_fen - billed_net_cny_fen as not_billed_net_cny_fen
from account_months
