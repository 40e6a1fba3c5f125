-- Grain: one row per center and local day of its calendar.
with center_days as (
    select
        center_id,
        local_day
    from {{ ref('int_calendar__center_days') }}
),

device_days as (
    select * from {{ ref('int_quality__device_days') }}
),

summed as (
    select
        center_days.center_id,
        center_days.local_day,
        {{ integer_sum('device_days.expected_seconds') }} as expected_card_seconds,
        {{ integer_sum('device_days.known_seconds') }} as known_card_seconds,
        {{ integer_sum('device_days.outside_usable_seconds') }} as reported_outside_card_seconds,
        {{ integer_sum('case when device_days.expected_seconds > 0 and device_days.reported_seconds = 0 then 1 end') }}
            as silent_card_count,
        {{ integer_sum('case when device_days.reported_seconds > 0 then 1 end') }} as reporting_card_count,
        {{ integer_sum('case when device_days.is_listed = false then 1 end') }} as unregistered_card_count,
        {{ integer_sum('device_days.sample_count') }} as sample_count,
        {{ integer_sum('device_days.duplicate_count') }} as duplicate_sample_count,
        {{ integer_sum('device_days.conflict_count') }} as conflicting_sample_count,
        {{ integer_sum('device_days.unreadable_count') }} as unreadable_sample_count,
        {{ integer_sum('device_days.evidence_a_seconds') }} as evidence_a_seconds,
        {{ integer_sum('device_days.evidence_b_seconds') }} as evidence_b_seconds,
        {{ integer_sum('device_days.evidence_c_seconds') }} as evidence_c_seconds,
        {{ integer_sum('device_days.evidence_d_seconds') }} as evidence_d_seconds
    from center_days
    left join device_days
        on
            center_days.center_id = device_days.center_id
            and center_days.local_day = device_days.local_day
    group by center_days.center_id, center_days.local_day
)

select
    summed.center_id,
    summed.local_day,
    summed.expected_card_seconds,
    summed.known_card_seconds,
    summed.reported_outside_card_seconds,
    summed.silent_card_count,
    summed.reporting_card_count,
    summed.unregistered_card_count,
    summed.sample_count,
    summed.duplicate_sample_count,
    summed.conflicting_sample_count,
    summed.unreadable_sample_count,
    summed.evidence_a_seconds,
    summed.evidence_b_seconds,
    summed.evidence_c_seconds,
    summed.evidence_d_seconds,
    {{ ratio('summed.known_card_seconds', 'summed.expected_card_seconds') }} as coverage
from summed
