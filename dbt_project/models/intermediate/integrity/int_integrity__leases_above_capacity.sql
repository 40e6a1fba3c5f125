-- Grain: one row per lease and center whose hand-overs name more cards than the center's register ever has.
with leased_cards as (
    select
        center_id,
        lease_id,
        count(distinct device_uid) as leased_card_count
    from {{ ref('stg_registers__lease_devices') }}
    group by center_id, lease_id
),

registered_cards as (
    select
        center_id,
        count(*) as registered_card_count
    from {{ ref('int_inventory__devices') }}
    group by center_id
)

select
    leased_cards.center_id,
    leased_cards.lease_id,
    leased_cards.leased_card_count,
    registered_cards.registered_card_count
from leased_cards
inner join registered_cards
    on leased_cards.center_id = registered_cards.center_id
where leased_cards.leased_card_count > registered_cards.registered_card_count
