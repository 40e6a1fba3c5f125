-- Grain: one row per lease and quarter whose cards are lit alike at every hour and on every weekday, asked only of
-- cards that F05 or F06 asks about: batch training is flat too.
with suspected as (
    select
        center_id,
        subject_id as device_uid,
        period_start_on
    from {{ ref('int_findings__f05_synthetic_low_power') }}
    where verdict = 'holds'
    union
    select
        burning.center_id,
        states.device_uid,
        burning.period_start_on
    from {{ ref('int_findings__f06_synthetic_burn') }} as burning
    inner join {{ ref('int_inventory__device_states') }} as states
        on
            burning.center_id = states.center_id
            and burning.subject_id = states.server_id
    where burning.verdict = 'holds'
),

leased as (
    select
        lease_spans.center_id,
        lease_spans.lease_id,
        lease_spans.device_uid,
        suspected.period_start_on,
        lease_spans.sold_from_epoch_seconds,
        lease_spans.sold_to_epoch_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    inner join suspected
        on
            lease_spans.center_id = suspected.center_id
            and lease_spans.device_uid = suspected.device_uid
    inner join {{ ref('stg_registers__leases') }} as leases
        on lease_spans.lease_id = leases.lease_id
    where leases.purpose in ('external_paid', 'external_voucher', 'own_business', 'vendor_self_use')
),

hours as (
    select
        leased.center_id,
        leased.lease_id,
        leased.period_start_on,
        device_hours.local_day,
        device_hours.known_seconds,
        device_hours.known_seconds - device_hours.util_0_1_seconds - device_hours.util_1_5_seconds as lit_seconds,
        {{ whole_division('device_hours.hour_start_epoch_seconds - center_days.day_start_epoch_seconds', '3600') }}
            as hour_no,
        {{ days_between("cast('2024-01-01' as date)", 'device_hours.local_day') }} % 7 as weekday_no
    from leased
    inner join {{ ref('int_identity__device_hours') }} as device_hours
        on
            leased.center_id = device_hours.center_id
            and leased.device_uid = device_hours.device_uid
            and device_hours.hour_start_epoch_seconds >= leased.sold_from_epoch_seconds
            and device_hours.hour_start_epoch_seconds < leased.sold_to_epoch_seconds
            and {{ quarter_start('device_hours.local_day') }} = leased.period_start_on
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            device_hours.center_id = center_days.center_id
            and device_hours.local_day = center_days.local_day
),

spans as (
    select
        center_id,
        lease_id,
        period_start_on,
        min(local_day) as first_day,
        max(local_day) as last_day,
        count(distinct local_day) as day_count
    from hours
    group by center_id, lease_id, period_start_on
),

groups as (
    select
        center_id,
        lease_id,
        period_start_on,
        'hour' as grouping,
        hour_no as group_no,
        {{ ratio('sum(lit_seconds)', 'sum(known_seconds)') }} as lit_share
    from hours
    group by center_id, lease_id, period_start_on, hour_no
    union all
    select
        center_id,
        lease_id,
        period_start_on,
        'weekday' as grouping,
        weekday_no as group_no,
        {{ ratio('sum(lit_seconds)', 'sum(known_seconds)') }} as lit_share
    from hours
    group by center_id, lease_id, period_start_on, weekday_no
),

spread as (
    select
        center_id,
        lease_id,
        period_start_on,
        grouping,
        100 * (max(lit_share) - min(lit_share)) as spread_pp,
        max(lit_share) as highest_share
    from groups
    group by center_id, lease_id, period_start_on, grouping
),

found as (
    select
        spread.center_id,
        'lease' as subject_kind,
        spread.lease_id as subject_id,
        spread.period_start_on,
        min(spans.first_day) as evidence_start_on,
        {{ add_days('max(spans.last_day)', '1') }} as period_end_on,
        max(spread.spread_pp) as observed,
        {{ policy_number('f19_flat_pp') }} as expected,
        'holds' as verdict,
        false as is_weak,
        0.2 as confidence,
        max(spans.day_count) as evidence_count,
        spread.lease_id || ' / ' || cast(min(spans.first_day) as string) as first_evidence_key,
        spread.lease_id || ' / ' || cast(max(spans.last_day) as string) as last_evidence_key
    from spread
    inner join spans
        on
            spread.center_id = spans.center_id
            and spread.lease_id = spans.lease_id
            and spread.period_start_on = spans.period_start_on
    where spans.day_count >= {{ policy_number('f19_min_days') }}
    group by spread.center_id, spread.lease_id, spread.period_start_on
    having max(spread.spread_pp) <= {{ policy_number('f19_flat_pp') }} and max(spread.highest_share) > 0
)

{{ finding_shape('F19', 'found') }}
