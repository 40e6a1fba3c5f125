-- Grain: one row per claim, thing it rests on, and other claim that rests on the same thing.
-- A contract may be claimed again for other days of one programme; an invoice or a device may not.
with items as (
    select
        items.claim_id,
        items.item_kind,
        items.item_ref,
        items.source_sha256,
        items.source_line,
        claims.programme_id,
        claims.claimant_party_id,
        claims.center_id,
        claims.claimed_cny_fen,
        claims.claimed_on,
        claims.period_from,
        claims.period_to
    from {{ ref('stg_registers__subsidy_claim_items') }} as items
    inner join {{ ref('stg_registers__subsidy_claims') }} as claims
        on items.claim_id = claims.claim_id
    where items.item_kind in ('contract', 'invoice', 'serial')
)

select
    own.claim_id,
    own.item_kind,
    own.item_ref,
    others.claim_id as other_claim_id,
    own.programme_id,
    others.programme_id as other_programme_id,
    own.center_id,
    others.center_id as other_center_id,
    own.claimant_party_id,
    others.claimant_party_id as other_claimant_party_id,
    own.claimed_cny_fen,
    others.claimed_cny_fen as other_claimed_cny_fen,
    own.claimed_on >= others.claimed_on as is_the_later,
    own.programme_id <> others.programme_id as is_across_programmes,
    others.source_sha256 as other_source_sha256,
    others.source_line as other_source_line
from items as own
inner join items as others
    on
        own.item_kind = others.item_kind
        and own.item_ref = others.item_ref
        and own.claim_id <> others.claim_id
where
    own.programme_id <> others.programme_id
    or own.item_kind <> 'contract'
    or (own.period_from < others.period_to and others.period_from < own.period_to)
