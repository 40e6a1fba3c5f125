-- Grain: one row per center, meter and local day for some of which its energy is known.
with segments as (
    select
        segments.center_id,
        segments.meter_id,
        segments.meter_scope,
        segments.server_name,
        segments.from_epoch_seconds,
        segments.to_epoch_seconds,
        segments.energy_milliwatt_seconds,
        {{ local_date('segments.from_epoch_seconds', 'centers.time_zone') }} as first_day,
        {{ local_date('segments.to_epoch_seconds - 1', 'centers.time_zone') }} as last_day
    from {{ ref('int_energy__meter_segments') }} as segments
    inner join {{ ref('int_calendar__centers') }} as centers
        on segments.center_id = centers.center_id
),

touched as (
    select
        segments.*,
        {{ date_spine_days('segments.first_day', 'segments.last_day') }} as spine_day
    from segments
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

cut as (
    select
        touched.center_id,
        touched.meter_id,
        touched.meter_scope,
        touched.server_name,
        center_days.local_day,
        center_days.day_seconds,
        touched.energy_milliwatt_seconds,
        touched.to_epoch_seconds - touched.from_epoch_seconds as segment_seconds,
        greatest(center_days.day_start_epoch_seconds - touched.from_epoch_seconds, 0) as part_from_seconds,
        least(center_days.day_end_epoch_seconds, touched.to_epoch_seconds) - touched.from_epoch_seconds
            as part_to_seconds
    from touched
    inner join center_days
        on
            touched.center_id = center_days.center_id
            and cast(touched.spine_day as date) = center_days.local_day
),

-- What a stretch had drawn by the end of a day less what it had drawn by its start: the days add up to the stretch.
shares as (
    select
        center_id,
        meter_id,
        meter_scope,
        server_name,
        local_day,
        day_seconds,
        part_to_seconds - part_from_seconds as known_seconds,
        cast(floor(cast(energy_milliwatt_seconds as double) * part_to_seconds / segment_seconds) as bigint)
        - cast(floor(cast(energy_milliwatt_seconds as double) * part_from_seconds / segment_seconds) as bigint)
            as energy_milliwatt_seconds
    from cut
)

select
    shares.center_id,
    shares.meter_id,
    shares.meter_scope,
    shares.server_name,
    shares.local_day,
    shares.day_seconds,
    {{ integer_sum('shares.known_seconds') }} as known_seconds,
    {{ integer_sum('shares.energy_milliwatt_seconds') }} as energy_milliwatt_seconds
from shares
group by
    shares.center_id,
    shares.meter_id,
    shares.meter_scope,
    shares.server_name,
    shares.local_day,
    shares.day_seconds
