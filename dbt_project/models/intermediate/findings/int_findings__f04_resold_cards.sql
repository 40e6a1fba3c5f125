-- Grain: one row per center, model and quarter in which so many cards vanished within a window that it looks like a
-- sale.
with vanished as (
    select
        findings.center_id,
        findings.subject_id as device_uid,
        devices.model_id,
        findings.period_start_on,
        findings.first_evidence_key,
        min(card_days.local_day) as first_day
    from {{ ref('int_findings__f02_serial_vanishes') }} as findings
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            findings.center_id = devices.center_id
            and findings.subject_id = devices.device_uid
    inner join {{ ref('int_findings__card_days') }} as card_days
        on
            findings.center_id = card_days.center_id
            and findings.subject_id = card_days.device_uid
            and card_days.local_day >= findings.period_start_on
            and card_days.local_day > card_days.first_known_on
            and card_days.known_seconds = 0
    where findings.verdict = 'holds'
    group by
        findings.center_id,
        findings.subject_id,
        devices.model_id,
        findings.period_start_on,
        findings.first_evidence_key
),

windows as (
    select
        first_one.center_id,
        first_one.model_id,
        first_one.first_day,
        count(*) as card_count,
        max(others.first_day) as last_day,
        min(others.first_evidence_key) as first_evidence_key,
        max(others.first_evidence_key) as last_evidence_key
    from vanished as first_one
    inner join vanished as others
        on
            first_one.center_id = others.center_id
            and first_one.model_id = others.model_id
            and others.first_day >= first_one.first_day
            and others.first_day < {{ add_days('first_one.first_day', policy_number('f04_window_days')) }}
    group by first_one.center_id, first_one.model_id, first_one.device_uid, first_one.first_day
    having count(*) >= {{ policy_number('f04_min_cards') }}
),

found as (
    select
        center_id,
        'model' as subject_kind,
        model_id as subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        max(card_count) as observed,
        {{ policy_number('f04_min_cards') }} as expected,
        'holds' as verdict,
        false as is_weak,
        0.75 as confidence,
        max(card_count) as evidence_count,
        min(first_evidence_key) as first_evidence_key,
        max(last_evidence_key) as last_evidence_key
    from windows
    group by center_id, model_id, {{ quarter_start('first_day') }}
)

{{ finding_shape('F04', 'found') }}
