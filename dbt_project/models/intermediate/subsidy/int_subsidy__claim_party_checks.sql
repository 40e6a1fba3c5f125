-- Grain: one row per claim and rule about who claims: area, affiliation, both sides claiming, split entities.
with claim_rules as (
    select * from {{ ref('int_subsidy__claim_rules') }}
    where check_id in ('buyer_in_area', 'unaffiliated', 'one_side_claims', 'no_splitting')
),

claims as (
    select * from {{ ref('stg_registers__subsidy_claims') }}
),

parties as (
    select party_id from {{ ref('stg_registers__parties') }}
),

codes as (
    select * from {{ ref('int_subsidy__party_codes') }}
),

relations as (
    select * from {{ ref('int_parties__relations') }}
),

affiliations as (
    select
        claim_rules.claim_id,
        min(case when relations.is_soft then 1 else 0 end) as is_only_soft
    from claim_rules
    inner join relations
        on
            claim_rules.buyer_party_id = relations.party_id
            and claim_rules.supplier_party_id = relations.other_party_id
            and relations.valid_from < claim_rules.period_to
            and (relations.valid_to is null or claim_rules.period_from < relations.valid_to)
    where claim_rules.check_id = 'unaffiliated'
    group by claim_rules.claim_id
),

-- The other side of the same use: its supplier where a user claims, its user where the supplier does.
other_sides as (
    select
        claim_rules.claim_id,
        max(case when doubles.claim_id is not null then 1 else 0 end) as is_same_use
    from claim_rules
    inner join claims
        on
            claim_rules.center_id = claims.center_id
            and claim_rules.claim_id <> claims.claim_id
            and claim_rules.claimant_party_id <> claims.claimant_party_id
            and claims.claimant_party_id in (claim_rules.supplier_party_id, claim_rules.buyer_party_id)
            and claim_rules.period_from < claims.period_to
            and claims.period_from < claim_rules.period_to
    left join {{ ref('int_subsidy__double_claims') }} as doubles
        on
            claim_rules.claim_id = doubles.claim_id
            and claims.claim_id = doubles.other_claim_id
            and doubles.item_kind = 'contract'
    where claim_rules.check_id = 'one_side_claims'
    group by claim_rules.claim_id
),

split_claims as (
    select
        claim_rules.claim_id,
        min(case when relations.is_soft then 1 else 0 end) as is_only_soft
    from claim_rules
    inner join claims
        on
            claim_rules.programme_id = claims.programme_id
            and claim_rules.claimant_party_id <> claims.claimant_party_id
            and claim_rules.period_from < claims.period_to
            and claims.period_from < claim_rules.period_to
    inner join relations
        on
            claim_rules.claimant_party_id = relations.party_id
            and claims.claimant_party_id = relations.other_party_id
            and relations.valid_from < claim_rules.period_to
            and (relations.valid_to is null or claim_rules.period_from < relations.valid_to)
    where claim_rules.check_id = 'no_splitting'
    group by claim_rules.claim_id
),

found as (
    select
        claim_rules.claim_id,
        claim_rules.rule_no,
        claim_rules.check_id,
        case claim_rules.check_id
            when 'buyer_in_area'
                then
                    case
                        when codes.area_code is null then 'code_not_valid'
                        when claim_rules.local_area_code is null then 'area_not_stated'
                        when {{ is_in_area('codes.area_code', 'claim_rules.local_area_code') }} then 'in_area'
                        else 'outside_area'
                    end
            when 'unaffiliated'
                then
                    case
                        when affiliations.is_only_soft = 0 then 'related'
                        when affiliations.is_only_soft = 1 then 'softly_linked'
                        when buyers.party_id is null or suppliers.party_id is null then 'party_not_registered'
                        else 'no_link_known'
                    end
            when 'one_side_claims'
                then
                    case
                        when other_sides.is_same_use = 1 then 'other_side_claims_same_contract'
                        when other_sides.is_same_use = 0 then 'other_side_claims'
                        else 'no_claim_of_other_side'
                    end
            else
                case
                    when split_claims.is_only_soft = 0 then 'related_claimant'
                    when split_claims.is_only_soft = 1 then 'softly_linked'
                    else 'no_related_claimant'
                end
        end as finding
    from claim_rules
    left join codes
        on claim_rules.buyer_party_id = codes.party_id
    left join affiliations
        on claim_rules.claim_id = affiliations.claim_id
    left join other_sides
        on claim_rules.claim_id = other_sides.claim_id
    left join split_claims
        on claim_rules.claim_id = split_claims.claim_id
    left join parties as buyers
        on claim_rules.buyer_party_id = buyers.party_id
    left join parties as suppliers
        on claim_rules.supplier_party_id = suppliers.party_id
)

select
    found.claim_id,
    found.rule_no,
    found.finding,
    found.finding in ('in_area', 'no_link_known', 'no_claim_of_other_side', 'no_related_claimant') as passes_at_lower,
    found.finding not in ('outside_area', 'related', 'other_side_claims_same_contract', 'related_claimant')
        as passes_at_upper,
    cast(null as double) as measured_lower,
    cast(null as double) as measured_upper
from found
