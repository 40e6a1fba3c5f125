-- Grain: one row per center, device, local day and tenancy, with the tenant and whose business ran on the card.
-- What ran is attributed by the hand-over. No hand-over is no business; a hand-over nobody explains is unknown.
with tenancies as (
    select * from {{ ref('int_utilization__tenancy_readings') }}
),

leases as (
    select
        lease_id,
        tenant_party_id,
        case
            when workload_class in ('burn_in', 'acceptance_test', 'benchmark', 'synthetic') then 'other'
            when purpose in ('external_paid', 'external_voucher') then 'external'
            when purpose = 'own_business' then 'own'
            when coalesce(purpose, 'unknown') = 'unknown' then 'unknown'
            else 'other'
        end as attribution
    from {{ ref('stg_registers__leases') }}
)

select
    tenancies.center_id,
    tenancies.device_uid,
    tenancies.local_day,
    tenancies.is_usable,
    tenancies.is_able_duplicate,
    tenancies.is_commissioned,
    tenancies.is_sold,
    tenancies.is_allocated,
    tenancies.sold_lease_id,
    tenancies.allocated_lease_id,
    case
        when tenancies.sold_lease_id = 'none' and tenancies.allocated_lease_id = 'none' then 'none'
        when 'several' in (tenancies.sold_lease_id, tenancies.allocated_lease_id) then 'several'
        else coalesce(sold_leases.tenant_party_id, handed_leases.tenant_party_id, 'unknown')
    end as tenant_party_id,
    case
        when tenancies.allocated_lease_id = 'none' then 'none'
        else coalesce(handed_leases.attribution, 'unknown')
    end as attribution,
    tenancies.able_seconds,
    tenancies.proven_able_seconds,
    tenancies.lit_seconds,
    tenancies.idle_seconds,
    tenancies.unknown_seconds
from tenancies
left join leases as sold_leases
    on tenancies.sold_lease_id = sold_leases.lease_id
left join leases as handed_leases
    on tenancies.allocated_lease_id = handed_leases.lease_id
