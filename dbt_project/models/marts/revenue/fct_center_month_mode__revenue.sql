-- Grain: one row per center, month, mode of billing and recognition.
with account_months as (
    select * from {{ ref('fct_lease_month__revenue') }}
)

select
    center_id,
    month_start_on,
    billing_mode,
    recognition,
    cast(count(*) as bigint) as account_count,
    {{ integer_sum('invoiced_net_cny_fen') }} as invoiced_net_cny_fen,
    {{ integer_sum('credit_net_cny_fen') }} as credit_net_cny_fen,
    {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen,
    {{ integer_sum('billed_tax_cny_fen') }} as billed_tax_cny_fen,
    {{ integer_sum('collected_cny_fen') }} as collected_cny_fen,
    {{ integer_sum('collected_net_cny_fen') }} as collected_net_cny_fen,
    {{ integer_sum('passed_on_net_cny_fen') }} as passed_on_net_cny_fen,
    {{ integer_sum('recognised_net_cny_fen') }} as recognised_net_cny_fen,
    {{ integer_sum('case when contract_withheld_reason is null then 0 else 1 end') }} as account_without_terms_count,
    case
        when max(contract_withheld_reason) is null then {{ integer_sum('contract_net_cny_fen') }}
    end as contract_net_cny_fen,
    cast(sum(not_billed_net_cny_fen) as bigint) as not_billed_net_cny_fen,
    max(contract_withheld_reason) as contract_withheld_reason
from account_months
group by center_id, month_start_on, billing_mode, recognition
