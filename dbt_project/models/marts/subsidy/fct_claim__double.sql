-- Grain: one row per claim, thing it rests on, and other claim that rests on the same thing.
select
    doubles.claim_id,
    doubles.item_kind,
    doubles.item_ref,
    doubles.other_claim_id,
    doubles.programme_id,
    doubles.other_programme_id,
    doubles.center_id,
    doubles.other_center_id,
    doubles.claimant_party_id,
    doubles.other_claimant_party_id,
    doubles.claimed_cny_fen,
    doubles.other_claimed_cny_fen,
    doubles.is_the_later,
    doubles.is_across_programmes
from {{ ref('int_subsidy__double_claims') }} as doubles
