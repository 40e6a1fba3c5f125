-- Grain: one row per claim and rule of its programme's scheme.
with claims as (
    select * from {{ ref('stg_registers__subsidy_claims') }}
),

terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

rules as (
    select * from {{ ref('int_subsidy__rules') }}
)

select
    claims.claim_id,
    rules.rule_no,
    claims.programme_id,
    claims.center_id,
    terms.scheme_id,
    rules.check_id,
    rules.threshold_number,
    rules.threshold_text,
    rules.clause_zh,
    rules.clause_en,
    claims.claimant_party_id,
    claims.supplier_party_id,
    coalesce(claims.buyer_party_id, claims.claimant_party_id) as buyer_party_id,
    terms.local_area_code,
    terms.claim_share_bp,
    terms.claim_cap_cny_fen,
    terms.granted_cny_fen,
    claims.claimed_cny_fen,
    claims.claimed_on,
    claims.period_from,
    claims.period_to,
    least(claims.period_to, terms.as_of_on) as passed_to
from claims
inner join terms
    on claims.programme_id = terms.programme_id
inner join rules
    on terms.scheme_id = rules.scheme_id
