-- Grain: one row per center, vendor and quarter in which an acceptance window ended and the vendor's use left with it.
-- The verdict is that of the padding mart, on business-lit use; only a strong one is as grave as the rule.
with verdicts as (
    select
        center_id,
        vendor_party_id,
        window_end_on,
        verdict,
        drop_of_lit_rate_least,
        {{ add_days('window_end_on', '-' ~ policy_number('padding_days')) }} as first_day_on,
        {{ add_days('window_end_on', policy_number('padding_days') ~ ' - 1') }} as last_day_on,
        valid_days_before + valid_days_after as valid_day_count
    from {{ ref('fct_center_vendor__padding') }}
    where
        basis = 'business'
        and vendor_party_id <> 'ALL'
        and verdict in ('strong', 'probable', 'weak', 'undetermined')
),

found as (
    select
        center_id,
        'party' as subject_kind,
        vendor_party_id as subject_id,
        {{ quarter_start('window_end_on') }} as period_start_on,
        first_day_on as evidence_start_on,
        {{ add_days('window_end_on', policy_number('padding_days')) }} as period_end_on,
        100 * drop_of_lit_rate_least as observed,
        {{ policy_number('padding_drop_pp') }} as expected,
        case when verdict = 'undetermined' then 'undetermined' else 'holds' end as verdict,
        verdict <> 'strong' as is_weak,
        case verdict when 'strong' then 0.85 when 'probable' then 0.6 else 0.3 end as confidence,
        valid_day_count as evidence_count,
        center_id || ' / ' || cast(first_day_on as string) as first_evidence_key,
        center_id || ' / ' || cast(last_day_on as string) as last_evidence_key
    from verdicts
)

{{ finding_shape('F09', 'found') }}
