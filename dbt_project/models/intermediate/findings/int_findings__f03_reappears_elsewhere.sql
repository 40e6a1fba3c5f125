-- Grain: one row per center and card that another center's data show active too: on the same days, or later without a
-- transfer in the register of the center it left. A daily row is a claim that the card was there, whoever else says so.
with registered as (
    select
        device_uid,
        count(*) as center_count
    from {{ ref('int_inventory__devices') }}
    group by device_uid
),

active_days as (
    select
        device_hours.center_id,
        device_hours.device_uid,
        device_hours.local_day
    from {{ ref('stg_telemetry__device_hours') }} as device_hours
    inner join registered
        on device_hours.device_uid = registered.device_uid
    where device_hours.known_seconds > 0
    union
    select
        record_rows.center_id,
        record_rows.device_uid,
        cast(substring(record_rows.row_key, length(record_rows.row_key) - 9, 10) as date) as local_day
    from {{ ref('stg_intake__record_rows') }} as record_rows
    inner join registered
        on record_rows.device_uid = registered.device_uid
    where record_rows.record_kind = 'device_days'
),

active as (
    select
        center_id,
        device_uid,
        min(local_day) as first_day,
        max(local_day) as last_day,
        count(*) as day_count
    from active_days
    group by center_id, device_uid
),

handed_over as (
    select
        center_id,
        device_uid,
        count(*) as event_count
    from {{ ref('int_inventory__device_states') }}
    where state in ('transferred', 'sold', 'decommissioned')
    group by center_id, device_uid
),

shared_days as (
    select
        own.center_id,
        own.device_uid,
        other.center_id as other_center_id,
        count(*) as day_count,
        min(own.local_day) as first_day,
        max(own.local_day) as last_day
    from active_days as own
    inner join active_days as other
        on
            own.device_uid = other.device_uid
            and own.local_day = other.local_day
            and own.center_id <> other.center_id
    group by own.center_id, own.device_uid, other.center_id
),

pairs as (
    select
        own.center_id,
        own.device_uid,
        other.center_id as other_center_id,
        own.first_day,
        own.last_day,
        coalesce(shared_days.day_count, 0) as shared_day_count,
        shared_days.first_day as first_shared_day,
        shared_days.last_day as last_shared_day,
        own.first_day > other.last_day as is_later,
        handed_over.event_count is not null as is_handed_over
    from active as own
    inner join active as other
        on
            own.device_uid = other.device_uid
            and own.center_id <> other.center_id
    left join shared_days
        on
            own.center_id = shared_days.center_id
            and own.device_uid = shared_days.device_uid
            and other.center_id = shared_days.other_center_id
    left join handed_over
        on
            other.center_id = handed_over.center_id
            and other.device_uid = handed_over.device_uid
),

matches as (
    select
        pairs.*,
        pairs.shared_day_count >= {{ policy_number('f03_min_overlap_days') }} as is_at_once
    from pairs
    where
        pairs.shared_day_count >= {{ policy_number('f03_min_overlap_days') }}
        or (pairs.is_later and not pairs.is_handed_over)
),

found as (
    select
        center_id,
        'device' as subject_kind,
        device_uid as subject_id,
        {{ quarter_start('min(coalesce(first_shared_day, first_day))') }} as period_start_on,
        min(coalesce(first_shared_day, first_day)) as evidence_start_on,
        {{ add_days('max(coalesce(last_shared_day, last_day))', '1') }} as period_end_on,
        max(shared_day_count) as observed,
        0 as expected,
        'holds' as verdict,
        max(case when is_at_once then 1 else 0 end) = 0 as is_weak,
        case when max(case when is_at_once then 1 else 0 end) = 1 then 0.9 else 0.6 end as confidence,
        greatest(max(shared_day_count), 1) as evidence_count,
        center_id || ' / ' || device_uid || ' / ' || cast(min(coalesce(first_shared_day, first_day)) as string)
            as first_evidence_key,
        min(other_center_id) || ' / ' || device_uid || ' / '
        || cast(max(coalesce(last_shared_day, last_day)) as string) as last_evidence_key
    from matches
    group by center_id, device_uid
)

{{ finding_shape('F03', 'found') }}
