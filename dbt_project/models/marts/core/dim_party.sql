-- Grain: one row per party.
with parties as (
    select * from {{ ref('stg_registers__parties') }}
)

select
    parties.party_id,
    parties.party_name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh) as party_name_en,
    parties.party_kind,
    parties.registered_on
from parties
