-- Grain: one row per claim for money of a subsidy.
with claims as (
    select * from {{ ref('stg_registers__subsidy_claims') }}
),

amounts as (
    select * from {{ ref('int_subsidy__claim_amounts') }}
),

parties as (
    select * from {{ ref('dim_party') }}
)

select
    claims.claim_id,
    claims.programme_id,
    claims.center_id,
    claims.claimant_party_id,
    parties.party_name_zh as claimant_name_zh,
    parties.party_name_en as claimant_name_en,
    claims.document,
    amounts.verdict,
    claims.claimed_on,
    claims.period_from,
    claims.period_to,
    claims.claimed_cny_fen,
    amounts.invoiced_cny_fen,
    amounts.received_cny_fen,
    amounts.admissible_cny_fen_lower,
    amounts.admissible_cny_fen_upper,
    amounts.rule_count,
    amounts.pass_count,
    amounts.fail_count,
    amounts.undetermined_count
from claims
inner join amounts
    on claims.claim_id = amounts.claim_id
left join parties
    on claims.claimant_party_id = parties.party_id
