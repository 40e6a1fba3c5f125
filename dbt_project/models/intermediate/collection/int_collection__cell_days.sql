-- Grain: one row per center, local day, model, tenant, evidence class, lit status, sold, allocated, duplicate or not.
with card_time as (
    select * from {{ ref('int_collection__paid_card_time') }}
),

leases as (
    select
        lease_id,
        tenant_party_id
    from {{ ref('stg_registers__leases') }}
),

with_tenant as (
    select
        card_time.*,
        case
            when card_time.lease_id in ('none', 'several') then card_time.lease_id
            else coalesce(leases.tenant_party_id, 'unknown')
        end as tenant_party_id
    from card_time
    left join leases
        on card_time.lease_id = leases.lease_id
)

select
    with_tenant.center_id,
    with_tenant.local_day,
    with_tenant.model_id,
    with_tenant.tenant_party_id,
    with_tenant.evidence_class,
    with_tenant.is_sold,
    with_tenant.is_allocated,
    with_tenant.is_able_duplicate,
    with_tenant.lit_status,
    {{ integer_sum('with_tenant.card_milliseconds') }} as card_milliseconds,
    {{ integer_sum('with_tenant.paid_card_milliseconds') }} as paid_card_milliseconds,
    {{ integer_sum('with_tenant.unpaid_card_milliseconds') }} as unpaid_card_milliseconds,
    {{ integer_sum('with_tenant.unbilled_card_milliseconds') }} as unbilled_card_milliseconds,
    {{ integer_sum('with_tenant.payment_unknown_card_milliseconds') }} as payment_unknown_card_milliseconds,
    {{ integer_sum('with_tenant.billed_cny_fen') }} as billed_cny_fen,
    {{ integer_sum('with_tenant.received_cny_fen') }} as received_cny_fen
from with_tenant
group by
    with_tenant.center_id,
    with_tenant.local_day,
    with_tenant.model_id,
    with_tenant.tenant_party_id,
    with_tenant.evidence_class,
    with_tenant.is_sold,
    with_tenant.is_allocated,
    with_tenant.is_able_duplicate,
    with_tenant.lit_status
