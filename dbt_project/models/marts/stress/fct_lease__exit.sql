-- Grain: one row per lease in force that is billed.
with exits as (
    select * from {{ ref('int_stress__exits') }}
),

parties as (
    select
        party_id,
        party_name_zh,
        party_name_en
    from {{ ref('stg_registers__parties') }}
)

select
    exits.lease_id,
    exits.center_id,
    exits.tenant_party_id,
    coalesce(parties.party_name_zh, exits.tenant_party_id) as tenant_name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh, exits.tenant_party_id) as tenant_name_en,
    exits.firmness,
    exits.ends_on,
    exits.billed_rank,
    exits.is_vendor_side,
    exits.monthly_cny_fen,
    exits.paid_months,
    exits.penalty_cny_fen
from exits
left join parties
    on exits.tenant_party_id = parties.party_id
