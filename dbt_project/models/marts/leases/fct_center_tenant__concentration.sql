-- Grain: one row per center and tenant billed in the last twelve billed months.
with tenants as (
    select * from {{ ref('int_leases__tenants') }}
),

parties as (
    select
        party_id,
        party_name_zh,
        party_name_en
    from {{ ref('stg_registers__parties') }}
),

in_force as (
    select
        center_id,
        tenant_party_id,
        max(ends_on) as last_end_on,
        min(firmness_weight) as weakest_firmness_weight
    from {{ ref('int_leases__backlog') }}
    group by center_id, tenant_party_id
)

select
    tenants.center_id,
    tenants.tenant_party_id,
    coalesce(parties.party_name_zh, tenants.tenant_party_id) as tenant_name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh, tenants.tenant_party_id) as tenant_name_en,
    tenants.billed_rank,
    tenants.billed_net_cny_fen,
    tenants.center_billed_net_cny_fen,
    tenants.billed_share,
    in_force.last_end_on,
    in_force.weakest_firmness_weight
from tenants
left join parties
    on tenants.tenant_party_id = parties.party_id
left join in_force
    on
        tenants.center_id = in_force.center_id
        and tenants.tenant_party_id = in_force.tenant_party_id
