-- Grain: one row per center, account (a lease, or a payer billed without one) and month with a charge or a bill.
with contract_months as (
    select * from {{ ref('int_revenue__contract_months') }}
),

-- Terms that change inside a month add up; the month is called after the last of them.
contracts as (
    select
        center_id,
        lease_id,
        month_start_on,
        max(case when is_last then billing_mode end) as billing_mode,
        max(case when is_last then recognition end) as recognition,
        max(case when is_last then pass_through_share_milli end) as pass_through_share_milli,
        {{ integer_sum('in_force_days') }} as in_force_days,
        max(month_days) as month_days,
        {{ integer_sum('card_hour_milli') }} as card_hour_milli,
        {{ integer_sum('input_token_million_milli + cached_input_token_million_milli + output_token_million_milli') }}
            as token_million_milli,
        cast(sum(minimum_milli) as bigint) as minimum_milli,
        cast(sum(overage_milli) as bigint) as overage_milli,
        max(withheld_reason) as contract_withheld_reason,
        case when max(withheld_reason) is null then {{ integer_sum('contract_net_cny_fen') }} end
            as contract_net_cny_fen
    from (
        select
            contract_months.*,
            row_number() over (
                partition by contract_months.lease_id, contract_months.month_start_on
                order by contract_months.valid_from_on desc nulls last
            ) = 1 as is_last
        from contract_months
    ) as ordered
    group by center_id, lease_id, month_start_on
),

related_line_months as (
    select
        line_months.invoice_line_id,
        line_months.month_start_on
    from {{ ref('int_revenue__line_months') }} as line_months
    inner join {{ ref('int_revenue__related_parties') }} as related
        on
            line_months.center_id = related.center_id
            and line_months.payer_party_id = related.party_id
            and line_months.month_start_on >= related.valid_from
            and line_months.month_start_on < related.valid_to
    group by line_months.invoice_line_id, line_months.month_start_on
),

line_months as (
    select
        line_months.*,
        coalesce(line_months.lease_id, 'without_lease/' || coalesce(line_months.payer_party_id, '')) as account_id,
        related_line_months.invoice_line_id is not null as is_related
    from {{ ref('int_revenue__line_months') }} as line_months
    left join related_line_months
        on
            line_months.invoice_line_id = related_line_months.invoice_line_id
            and line_months.month_start_on = related_line_months.month_start_on
),

billed as (
    select
        center_id,
        account_id,
        month_start_on,
        max(lease_id) as lease_id,
        max(payer_party_id) as payer_party_id,
        {% for amount in [
            'invoiced_net', 'invoiced_tax', 'credit_net', 'credit_tax', 'collected', 'collected_net'
        ] %}
            {{ integer_sum(amount ~ '_cny_fen') }} as {{ amount }}_cny_fen,
        {% endfor %}
        {{ integer_sum('case when is_related then invoiced_net_cny_fen - credit_net_cny_fen else 0 end') }}
            as related_billed_net_cny_fen
    from line_months
    group by center_id, account_id, month_start_on
),

accounts as (
    select
        center_id,
        account_id,
        month_start_on
    from billed
    union
    select
        center_id,
        lease_id as account_id,
        month_start_on
    from contracts
),

leases as (
    select
        lease_id,
        center_id,
        tenant_party_id,
        lease_kind
    from {{ ref('stg_registers__leases') }}
),

joined as (
    select
        accounts.center_id,
        accounts.account_id,
        accounts.month_start_on,
        coalesce(billed.lease_id, contracts.lease_id) as lease_id,
        coalesce(billed.payer_party_id, leases.tenant_party_id) as payer_party_id,
        coalesce(contracts.billing_mode, leases.lease_kind, 'without_lease') as billing_mode,
        coalesce(contracts.recognition, 'own_capacity') as recognition,
        coalesce(contracts.pass_through_share_milli, 0) as pass_through_share_milli,
        contracts.in_force_days,
        contracts.month_days,
        contracts.card_hour_milli,
        contracts.token_million_milli,
        contracts.minimum_milli,
        contracts.overage_milli,
        contracts.contract_net_cny_fen,
        case when contracts.lease_id is null then 'no_terms' else contracts.contract_withheld_reason end
            as contract_withheld_reason,
        {% for amount in [
            'invoiced_net', 'invoiced_tax', 'credit_net', 'credit_tax', 'collected', 'collected_net', 'related_billed_net'
        ] %}
        coalesce(billed.{{ amount }}_cny_fen, 0) as {{ amount }}_cny_fen{{ ',' if not loop.last }}
    {% endfor %}
    from accounts
    left join billed
        on
            accounts.center_id = billed.center_id
            and accounts.account_id = billed.account_id
            and accounts.month_start_on = billed.month_start_on
    left join contracts
        on
            accounts.center_id = contracts.center_id
            and accounts.account_id = contracts.lease_id
            and accounts.month_start_on = contracts.month_start_on
    left join leases
        on
            accounts.account_id = leases.lease_id
            and accounts.center_id = leases.center_id
)

select
    joined.center_id,
    joined.account_id,
    joined.month_start_on,
    joined.lease_id,
    joined.payer_party_id,
    joined.billing_mode,
    joined.recognition,
    joined.in_force_days,
    joined.month_days,
    joined.card_hour_milli,
    joined.token_million_milli,
    joined.minimum_milli,
    joined.overage_milli,
    joined.contract_net_cny_fen,
    joined.contract_withheld_reason,
    joined.invoiced_net_cny_fen,
    joined.invoiced_tax_cny_fen,
    joined.credit_net_cny_fen,
    joined.credit_tax_cny_fen,
    joined.invoiced_net_cny_fen - joined.credit_net_cny_fen as billed_net_cny_fen,
    joined.invoiced_tax_cny_fen - joined.credit_tax_cny_fen as billed_tax_cny_fen,
    joined.collected_cny_fen,
    joined.collected_net_cny_fen,
    joined.related_billed_net_cny_fen,
    cast(
        round(
            cast(joined.invoiced_net_cny_fen - joined.credit_net_cny_fen as double)
            * joined.pass_through_share_milli
            / 1000
        ) as bigint
    ) as passed_on_net_cny_fen
from joined
