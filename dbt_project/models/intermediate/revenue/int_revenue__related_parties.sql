-- Grain: one row per center, party and span in which the party is at most two ties from the center's operator, or from
-- a vendor that promised the center offtake.
with anchors as (
    select
        center_id,
        operator_party_id as anchor_party_id
    from {{ ref('stg_registers__centers') }}
    where operator_party_id is not null
    union
    select
        center_id,
        vendor_party_id as anchor_party_id
    from {{ ref('stg_registers__offtake_commitments') }}
),

-- Soft ties (addresses, representatives) are flagged elsewhere and deduct nothing.
reached as (
    select
        center_id,
        anchor_party_id as party_id,
        cast('1900-01-01' as date) as valid_from,
        cast('9999-12-31' as date) as valid_to
    from anchors
    union all
    select
        anchors.center_id,
        relations.other_party_id as party_id,
        relations.valid_from,
        coalesce(relations.valid_to, cast('9999-12-31' as date)) as valid_to
    from anchors
    inner join {{ ref('int_parties__relations') }} as relations
        on anchors.anchor_party_id = relations.party_id
    where not relations.is_soft
)

select
    center_id,
    party_id,
    valid_from,
    valid_to
from reached
where valid_from < valid_to
group by center_id, party_id, valid_from, valid_to
