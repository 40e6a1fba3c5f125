-- Grain: one row per center, device and start of a stretch read as a whole: a day, or an hour of a day in pieces.
-- Telemetry comes before the operator's daily row; whatever exceeds the usable time of the stretch is set aside.
with inventory_days as (
    select
        inventory_days.center_id,
        inventory_days.device_uid,
        inventory_days.local_day,
        inventory_days.usable_seconds,
        center_days.day_start_epoch_seconds,
        center_days.day_seconds
    from {{ ref('int_inventory__device_days') }} as inventory_days
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            inventory_days.center_id = center_days.center_id
            and inventory_days.local_day = center_days.local_day
),

telemetry_days as (
    select * from {{ ref('int_utilization__telemetry_device_days') }}
),

changed_hands as (
    select
        center_id,
        device_uid,
        local_day
    from {{ ref('int_inventory__tenancy_days') }}
    where is_usable
    group by center_id, device_uid, local_day
    having count(*) > 1
),

-- Days on which the card changed hands, was accepted, or was able for a part only: telemetry is taken hour by hour.
partial_days as (
    select
        inventory_days.center_id,
        inventory_days.device_uid,
        inventory_days.local_day
    from inventory_days
    inner join telemetry_days
        on
            inventory_days.center_id = telemetry_days.center_id
            and inventory_days.device_uid = telemetry_days.device_uid
            and inventory_days.local_day = telemetry_days.local_day
    left join changed_hands
        on
            inventory_days.center_id = changed_hands.center_id
            and inventory_days.device_uid = changed_hands.device_uid
            and inventory_days.local_day = changed_hands.local_day
    where
        inventory_days.usable_seconds > 0
        and (
            inventory_days.usable_seconds < inventory_days.day_seconds
            or changed_hands.device_uid is not null
        )
),

usable_segments as (
    select
        center_id,
        device_uid,
        local_day,
        segment_start_epoch_seconds,
        segment_end_epoch_seconds
    from {{ ref('int_inventory__device_segments') }}
    where is_usable
),

whole_telemetry_days as (
    select
        inventory_days.center_id,
        inventory_days.device_uid,
        inventory_days.local_day,
        inventory_days.day_start_epoch_seconds as span_start_epoch_seconds,
        true as is_whole_day,
        inventory_days.usable_seconds,
        telemetry_days.known_seconds,
        telemetry_days.util_0_1_seconds,
        telemetry_days.util_1_5_seconds,
        telemetry_days.util_5_10_seconds,
        telemetry_days.util_10_20_seconds,
        telemetry_days.util_20_50_seconds,
        telemetry_days.util_50_80_seconds,
        telemetry_days.util_80_100_seconds,
        telemetry_days.occupied_seconds,
        telemetry_days.occupancy_known_seconds,
        telemetry_days.productive_seconds,
        telemetry_days.productive_known_seconds
    from telemetry_days
    inner join inventory_days
        on
            telemetry_days.center_id = inventory_days.center_id
            and telemetry_days.device_uid = inventory_days.device_uid
            and telemetry_days.local_day = inventory_days.local_day
    left join partial_days
        on
            telemetry_days.center_id = partial_days.center_id
            and telemetry_days.device_uid = partial_days.device_uid
            and telemetry_days.local_day = partial_days.local_day
    where partial_days.device_uid is null
),

partial_hours as (
    select device_hours.*
    from {{ ref('int_identity__device_hours') }} as device_hours
    inner join partial_days
        on
            device_hours.center_id = partial_days.center_id
            and device_hours.device_uid = partial_days.device_uid
            and device_hours.local_day = partial_days.local_day
    where device_hours.evidence_class <> 'D'
),

usable_of_hours as (
    select
        partial_hours.center_id,
        partial_hours.device_uid,
        partial_hours.local_day,
        partial_hours.hour_start_epoch_seconds,
        sum(
            least(usable_segments.segment_end_epoch_seconds, partial_hours.hour_start_epoch_seconds + 3600)
            - greatest(usable_segments.segment_start_epoch_seconds, partial_hours.hour_start_epoch_seconds)
        ) as usable_seconds
    from partial_hours
    inner join usable_segments
        on
            partial_hours.center_id = usable_segments.center_id
            and partial_hours.device_uid = usable_segments.device_uid
            and partial_hours.local_day = usable_segments.local_day
            and partial_hours.hour_start_epoch_seconds < usable_segments.segment_end_epoch_seconds
            and partial_hours.hour_start_epoch_seconds + 3600 > usable_segments.segment_start_epoch_seconds
    group by
        partial_hours.center_id,
        partial_hours.device_uid,
        partial_hours.local_day,
        partial_hours.hour_start_epoch_seconds
),

hours_of_partial_days as (
    select
        partial_hours.center_id,
        partial_hours.device_uid,
        partial_hours.local_day,
        partial_hours.hour_start_epoch_seconds as span_start_epoch_seconds,
        false as is_whole_day,
        cast(coalesce(usable_of_hours.usable_seconds, 0) as bigint) as usable_seconds,
        partial_hours.known_seconds,
        partial_hours.util_0_1_seconds,
        partial_hours.util_1_5_seconds,
        partial_hours.util_5_10_seconds,
        partial_hours.util_10_20_seconds,
        partial_hours.util_20_50_seconds,
        partial_hours.util_50_80_seconds,
        partial_hours.util_80_100_seconds,
        partial_hours.occupied_seconds,
        partial_hours.occupancy_known_seconds,
        partial_hours.productive_seconds,
        partial_hours.productive_known_seconds
    from partial_hours
    left join usable_of_hours
        on
            partial_hours.center_id = usable_of_hours.center_id
            and partial_hours.device_uid = usable_of_hours.device_uid
            and partial_hours.local_day = usable_of_hours.local_day
            and partial_hours.hour_start_epoch_seconds = usable_of_hours.hour_start_epoch_seconds
),

declared_days as (
    select
        inventory_days.center_id,
        inventory_days.device_uid,
        inventory_days.local_day,
        inventory_days.day_start_epoch_seconds as span_start_epoch_seconds,
        true as is_whole_day,
        inventory_days.usable_seconds,
        device_days.known_seconds,
        device_days.util_0_1_seconds,
        device_days.util_1_5_seconds,
        device_days.util_5_10_seconds,
        device_days.util_10_20_seconds,
        device_days.util_20_50_seconds,
        device_days.util_50_80_seconds,
        device_days.util_80_100_seconds,
        cast(0 as bigint) as occupied_seconds,
        cast(0 as bigint) as occupancy_known_seconds,
        cast(0 as bigint) as productive_seconds,
        cast(0 as bigint) as productive_known_seconds
    from {{ ref('int_identity__device_days') }} as device_days
    inner join inventory_days
        on
            device_days.center_id = inventory_days.center_id
            and device_days.device_uid = inventory_days.device_uid
            and device_days.local_day = inventory_days.local_day
    left join telemetry_days
        on
            device_days.center_id = telemetry_days.center_id
            and device_days.device_uid = telemetry_days.device_uid
            and device_days.local_day = telemetry_days.local_day
    where
        telemetry_days.device_uid is null
        and device_days.evidence_class in ('A', 'B')
),

spans as (
    select * from whole_telemetry_days
    union all
    select * from hours_of_partial_days
    union all
    select * from declared_days
),

threshold as (
    select {{ policy_number('lit_threshold_pct') }} as lit_threshold_pct
),

at_thresholds as (
    select
        spans.center_id,
        spans.device_uid,
        spans.local_day,
        spans.span_start_epoch_seconds,
        spans.is_whole_day,
        spans.usable_seconds,
        spans.known_seconds,
        spans.util_1_5_seconds + spans.util_5_10_seconds + spans.util_10_20_seconds
        + spans.util_20_50_seconds + spans.util_50_80_seconds + spans.util_80_100_seconds as lit_seconds_at_1_pct,
        spans.util_5_10_seconds + spans.util_10_20_seconds
        + spans.util_20_50_seconds + spans.util_50_80_seconds + spans.util_80_100_seconds as lit_seconds_at_5_pct,
        spans.util_10_20_seconds
        + spans.util_20_50_seconds + spans.util_50_80_seconds + spans.util_80_100_seconds as lit_seconds_at_10_pct,
        spans.util_20_50_seconds + spans.util_50_80_seconds + spans.util_80_100_seconds as lit_seconds_at_20_pct,
        case when threshold.lit_threshold_pct <= 0 then spans.util_0_1_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 1 then spans.util_1_5_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 5 then spans.util_5_10_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 10 then spans.util_10_20_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 20 then spans.util_20_50_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 50 then spans.util_50_80_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 80 then spans.util_80_100_seconds else 0 end as lit_seconds,
        spans.occupied_seconds,
        spans.occupancy_known_seconds,
        spans.productive_seconds,
        spans.productive_known_seconds,
        greatest(spans.known_seconds - spans.usable_seconds, 0) as excess_seconds,
        greatest(spans.occupancy_known_seconds - spans.usable_seconds, 0) as occupancy_excess_seconds,
        greatest(spans.productive_known_seconds - spans.usable_seconds, 0) as productive_excess_seconds
    from spans
    cross join threshold
),

-- Nobody knows which of the reported seconds lay outside: the excess is taken from lit and from idle alike.
within_usable as (
    select
        at_thresholds.*,
        greatest(at_thresholds.lit_seconds - at_thresholds.excess_seconds, 0) as usable_lit_seconds,
        greatest(at_thresholds.lit_seconds - at_thresholds.excess_seconds, 0)
        + greatest(
            at_thresholds.known_seconds - at_thresholds.lit_seconds - at_thresholds.excess_seconds, 0
        ) as usable_known_seconds
    from at_thresholds
)

select
    within_usable.center_id,
    within_usable.device_uid,
    within_usable.span_start_epoch_seconds,
    within_usable.local_day,
    within_usable.is_whole_day,
    within_usable.usable_seconds,
    within_usable.usable_known_seconds as known_seconds,
    within_usable.known_seconds - within_usable.usable_known_seconds as outside_usable_seconds,
    within_usable.usable_lit_seconds as lit_seconds,
    least(
        greatest(within_usable.lit_seconds_at_1_pct - within_usable.excess_seconds, 0),
        within_usable.usable_known_seconds
    ) as lit_seconds_at_1_pct,
    least(
        greatest(within_usable.lit_seconds_at_5_pct - within_usable.excess_seconds, 0),
        within_usable.usable_known_seconds
    ) as lit_seconds_at_5_pct,
    least(
        greatest(within_usable.lit_seconds_at_10_pct - within_usable.excess_seconds, 0),
        within_usable.usable_known_seconds
    ) as lit_seconds_at_10_pct,
    least(
        greatest(within_usable.lit_seconds_at_20_pct - within_usable.excess_seconds, 0),
        within_usable.usable_known_seconds
    ) as lit_seconds_at_20_pct,
    greatest(within_usable.occupied_seconds - within_usable.occupancy_excess_seconds, 0) as occupied_seconds,
    least(within_usable.occupancy_known_seconds, within_usable.usable_seconds) as occupancy_known_seconds,
    greatest(within_usable.productive_seconds - within_usable.productive_excess_seconds, 0) as productive_seconds,
    least(within_usable.productive_known_seconds, within_usable.usable_seconds) as productive_known_seconds
from within_usable
