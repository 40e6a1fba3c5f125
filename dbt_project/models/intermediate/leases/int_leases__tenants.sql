-- Grain: one row per center and tenant billed in the last twelve billed months; its share of the billing.
with months as (
    select
        months.center_id,
        months.tenant_party_id,
        months.month_start_on,
        months.billed_net_cny_fen,
        max(months.month_start_on) over (partition by months.center_id) as last_month_on
    from {{ ref('int_leases__months') }} as months
),

billed as (
    select
        center_id,
        tenant_party_id,
        {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen
    from months
    where month_start_on > {{ add_months('last_month_on', -12) }}
    group by center_id, tenant_party_id
    having sum(billed_net_cny_fen) > 0
)

select
    billed.center_id,
    billed.tenant_party_id,
    billed.billed_net_cny_fen,
    cast(sum(billed.billed_net_cny_fen) over center_tenants as bigint) as center_billed_net_cny_fen,
    {{ ratio('billed.billed_net_cny_fen', 'sum(billed.billed_net_cny_fen) over center_tenants') }} as billed_share,
    row_number() over (
        partition by billed.center_id
        order by billed.billed_net_cny_fen desc nulls last, billed.tenant_party_id asc nulls last
    ) as billed_rank
from billed
window center_tenants as (partition by billed.center_id)
