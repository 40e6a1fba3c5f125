-- Grain: one row per subsidy.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

parties as (
    select * from {{ ref('dim_party') }}
),

summed as (
    select
        programme_id,
        {{ integer_sum('due_milestone_count') }} as due_milestone_count,
        {{ integer_sum('earned_cny_fen_lower') }} as earned_cny_fen_lower,
        {{ integer_sum('earned_cny_fen_upper') }} as earned_cny_fen_upper,
        {{ integer_sum('open_cny_fen') }} as open_cny_fen,
        {{ integer_sum('net_paid_cny_fen') }} as net_paid_cny_fen,
        {{ integer_sum('case when not is_assigned then net_paid_cny_fen end') }} as unassigned_cny_fen,
        {{ integer_sum('clawback_cny_fen_if_lower') }} as clawback_cny_fen_if_lower,
        {{ integer_sum('clawback_cny_fen_if_upper') }} as clawback_cny_fen_if_upper,
        {{ integer_sum('interest_cny_fen_if_lower') }} as interest_cny_fen_if_lower,
        {{ integer_sum('interest_cny_fen_if_upper') }} as interest_cny_fen_if_upper,
        {{ integer_sum('fine_low_cny_fen') }} as fine_low_cny_fen,
        {{ integer_sum('fine_high_cny_fen') }} as fine_high_cny_fen,
        {{ integer_sum('exposure_cny_fen_lower') }} as exposure_cny_fen_lower,
        {{ integer_sum('exposure_cny_fen_upper') }} as exposure_cny_fen_upper
    from {{ ref('int_subsidy__account_settlements') }}
    group by programme_id
),

weights as (
    select
        programme_id,
        {{ integer_sum('weight_bp') }} as weight_total_bp,
        {{ integer_sum('case when is_weight_missing then 1 else 0 end') }} as unweighed_milestone_count
    from {{ ref('int_subsidy__milestone_credits') }}
    group by programme_id
)

select
    terms.programme_id,
    terms.center_id,
    terms.authority_party_id,
    parties.party_name_zh as authority_name_zh,
    parties.party_name_en as authority_name_en,
    terms.grantee_party_id,
    terms.scheme_id,
    terms.subsidy_kind,
    terms.earning_variant,
    terms.local_use_basis,
    terms.local_area_code,
    case
        when weights.unweighed_milestone_count > 0 then 'weight_missing'
        when terms.scheme_id is null then 'no_rule_file'
        when not terms.is_scheme_known then 'unknown_rule_file'
        when weights.weight_total_bp <> 10000 then 'weights_do_not_add_up'
    end as terms_note,
    case
        when coalesce(summed.clawback_cny_fen_if_upper, 0) > 0 then 'owed'
        when coalesce(summed.clawback_cny_fen_if_lower, 0) = 0 then 'nothing_owed'
        else 'undetermined'
    end as verdict,
    terms.valid_from,
    terms.covered_to,
    terms.as_of_on,
    terms.granted_cny_fen,
    coalesce(summed.due_milestone_count, 0) as due_milestone_count,
    coalesce(summed.earned_cny_fen_lower, 0) as earned_cny_fen_lower,
    coalesce(summed.earned_cny_fen_upper, 0) as earned_cny_fen_upper,
    coalesce(summed.open_cny_fen, 0) as open_cny_fen,
    coalesce(summed.net_paid_cny_fen, 0) as net_paid_cny_fen,
    coalesce(summed.unassigned_cny_fen, 0) as unassigned_cny_fen,
    coalesce(summed.clawback_cny_fen_if_lower, 0) as clawback_cny_fen_if_lower,
    coalesce(summed.clawback_cny_fen_if_upper, 0) as clawback_cny_fen_if_upper,
    coalesce(summed.interest_cny_fen_if_lower, 0) as interest_cny_fen_if_lower,
    coalesce(summed.interest_cny_fen_if_upper, 0) as interest_cny_fen_if_upper,
    coalesce(summed.fine_low_cny_fen, 0) as fine_low_cny_fen,
    coalesce(summed.fine_high_cny_fen, 0) as fine_high_cny_fen,
    coalesce(summed.exposure_cny_fen_lower, 0) as exposure_cny_fen_lower,
    coalesce(summed.exposure_cny_fen_upper, 0) as exposure_cny_fen_upper
from terms
left join summed
    on terms.programme_id = summed.programme_id
left join weights
    on terms.programme_id = weights.programme_id
left join parties
    on terms.authority_party_id = parties.party_id
