-- Grain: one row per center, device and unbroken span in which the card is proven able to run; spans do not overlap.
-- A sighting proves the freshness that follows it; a day's row of readings proves that day and nothing after it.
with freshness as (
    select
        cast({{ policy_number('racked_freshness_hours') }} * 3600 as bigint) as freshness_seconds
),

seen_by_telemetry as (
    select
        telemetry_days.center_id,
        telemetry_days.device_uid,
        telemetry_days.first_seen_epoch_seconds as span_from,
        telemetry_days.last_seen_epoch_seconds + freshness.freshness_seconds as span_to
    from {{ ref('int_utilization__telemetry_device_days') }} as telemetry_days
    cross join freshness
    where telemetry_days.first_seen_epoch_seconds is not null
),

seen_by_power as (
    select
        power_reports.center_id,
        power_reports.device_uid,
        power_reports.reported_epoch_seconds as span_from,
        power_reports.reported_epoch_seconds + freshness.freshness_seconds as span_to
    from {{ ref('int_identity__power_reports') }} as power_reports
    cross join freshness
    where power_reports.is_powered
),

seen_by_day as (
    select
        device_days.center_id,
        device_days.device_uid,
        center_days.day_start_epoch_seconds as span_from,
        center_days.day_end_epoch_seconds as span_to
    from {{ ref('int_identity__device_days') }} as device_days
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            device_days.center_id = center_days.center_id
            and device_days.local_day = center_days.local_day
    where device_days.known_seconds > 0 and device_days.evidence_class <> 'D'
),

sightings as (
    select * from seen_by_telemetry
    union all
    select * from seen_by_power
    union all
    select * from seen_by_day
),

marked as (
    select
        sightings.center_id,
        sightings.device_uid,
        sightings.span_from,
        sightings.span_to,
        max(sightings.span_to) over (
            partition by sightings.center_id, sightings.device_uid
            order by sightings.span_from nulls last, sightings.span_to nulls last
            rows between unbounded preceding and 1 preceding
        ) as latest_earlier_end
    from sightings
),

islands as (
    select
        marked.center_id,
        marked.device_uid,
        marked.span_from,
        marked.span_to,
        sum(case when marked.span_from <= marked.latest_earlier_end then 0 else 1 end) over (
            partition by marked.center_id, marked.device_uid
            order by marked.span_from nulls last, marked.span_to nulls last
            rows between unbounded preceding and current row
        ) as island_no
    from marked
)

select
    islands.center_id,
    islands.device_uid,
    min(islands.span_from) as valid_from_epoch_seconds,
    max(islands.span_to) as valid_to_epoch_seconds
from islands
group by islands.center_id, islands.device_uid, islands.island_no
