-- Grain: one row per card, serial, slot, slice, claimed paper or model and quarter that is counted twice: in registers,
-- in two leases, in two claims for subsidies, or because logical devices are listed as cards.
with spans as (
    select
        center_id,
        subject_kind,
        subject_id,
        from_epoch_seconds,
        to_epoch_seconds,
        'device_events' as evidence_kind,
        event_id as evidence_key,
        other_event_id as other_evidence_key
    from {{ ref('int_findings__listed_twice') }}
    union all
    select
        center_id,
        'device' as subject_kind,
        device_uid as subject_id,
        from_epoch_seconds,
        to_epoch_seconds,
        'leases' as evidence_kind,
        lease_id as evidence_key,
        other_lease_id as other_evidence_key
    from {{ ref('int_findings__leased_twice') }}
),

on_days as (
    select
        spans.*,
        {{ local_date('spans.from_epoch_seconds', 'centers.time_zone') }} as first_day,
        {{ local_date('spans.to_epoch_seconds - 1', 'centers.time_zone') }} as last_day
    from spans
    inner join {{ ref('int_calendar__centers') }} as centers
        on spans.center_id = centers.center_id
    where spans.to_epoch_seconds > spans.from_epoch_seconds
),

in_time as (
    select
        center_id,
        subject_kind,
        subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        {{ ratio('max(to_epoch_seconds) - min(from_epoch_seconds)', '86400') }} as observed,
        max(to_epoch_seconds) - min(from_epoch_seconds) < 3600 * {{ policy_number('f10_min_overlap_hours') }}
            as is_weak,
        count(*) as evidence_count,
        min(evidence_kind) as evidence_kind,
        min(evidence_key) as first_evidence_key,
        max(other_evidence_key) as last_evidence_key
    from on_days
    group by center_id, subject_kind, subject_id, {{ quarter_start('first_day') }}
),

-- Within one programme a claim may have been handed in again, corrected.
claimed as (
    select
        doubles.center_id,
        doubles.item_kind || ' ' || doubles.item_ref as subject_id,
        min(claims.claimed_on) as first_day,
        max(claims.claimed_on) as last_day,
        count(distinct doubles.claim_id) as claim_count,
        max(case when doubles.is_across_programmes then 1 else 0 end) as is_across_programmes,
        min(doubles.claim_id) as first_claim_id,
        max(greatest(doubles.claim_id, doubles.other_claim_id)) as last_claim_id
    from {{ ref('int_subsidy__double_claims') }} as doubles
    inner join {{ ref('stg_registers__subsidy_claims') }} as claims
        on doubles.claim_id = claims.claim_id
    group by doubles.center_id, doubles.item_kind || ' ' || doubles.item_ref
),

planned as (
    select
        center_id,
        model_id,
        sum(planned_card_count) as planned_card_count
    from {{ ref('stg_registers__capacity_plans') }}
    where plan_basis = {{ policy_text('plan_basis') }} and withdrawn_on is null
    group by center_id, model_id
),

-- A board of two logical devices that is listed as two cards: the register holds that many times the plan.
logical as (
    select
        states.center_id,
        states.model_id,
        count(distinct states.device_uid) as listed_count,
        {{ ratio('count(distinct states.device_uid)', 'max(planned.planned_card_count)') }} as listed_ratio,
        max(accelerators.logical_devices_per_card) as logical_devices_per_card,
        {{ local_date('max(states.valid_from_epoch_seconds)', "max(coalesce(centers.time_zone, 'UTC'))") }} as last_day,
        min(states.event_id) as first_event_id,
        max(states.event_id) as last_event_id
    from {{ ref('int_inventory__device_states') }} as states
    inner join {{ ref('accelerators') }} as accelerators
        on
            states.model_id = accelerators.model_id
            and accelerators.logical_devices_per_card > 1
    inner join planned
        on
            states.center_id = planned.center_id
            and states.model_id = planned.model_id
    inner join {{ ref('int_calendar__centers') }} as centers
        on states.center_id = centers.center_id
    where states.is_installed and states.is_current
    group by states.center_id, states.model_id
),

found as (
    select
        center_id,
        subject_kind,
        subject_id,
        period_start_on,
        evidence_start_on,
        period_end_on,
        observed,
        0 as expected,
        'holds' as verdict,
        is_weak,
        0.85 as confidence,
        evidence_count,
        first_evidence_key,
        last_evidence_key,
        'days' as unit,
        evidence_kind
    from in_time
    union all
    select
        center_id,
        'claimed_item' as subject_kind,
        subject_id,
        {{ quarter_start('last_day') }} as period_start_on,
        first_day as evidence_start_on,
        {{ add_days('last_day', '1') }} as period_end_on,
        claim_count as observed,
        1 as expected,
        'holds' as verdict,
        is_across_programmes = 0 as is_weak,
        case when is_across_programmes = 1 then 0.85 else 0.5 end as confidence,
        claim_count as evidence_count,
        first_claim_id as first_evidence_key,
        last_claim_id as last_evidence_key,
        'claims' as unit,
        'subsidy_claims' as evidence_kind
    from claimed
    union all
    select
        center_id,
        'model' as subject_kind,
        model_id as subject_id,
        {{ quarter_start('last_day') }} as period_start_on,
        last_day as evidence_start_on,
        {{ add_days('last_day', '1') }} as period_end_on,
        listed_ratio as observed,
        1 as expected,
        'holds' as verdict,
        true as is_weak,
        0.5 as confidence,
        listed_count as evidence_count,
        first_event_id as first_evidence_key,
        last_event_id as last_evidence_key,
        'ratio' as unit,
        'device_events' as evidence_kind
    from logical
    where listed_ratio >= logical_devices_per_card
)

{{ finding_shape('F10', 'found', 'found') }}
