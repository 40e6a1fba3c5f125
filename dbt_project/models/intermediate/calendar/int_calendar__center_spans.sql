-- Grain: one row per center with a time zone and any plan, event or reading: its first and last shown local day.
with centers as (
    select
        center_id,
        time_zone
    from {{ ref('int_calendar__centers') }}
    where time_zone is not null
),

as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

obligations as (
    select
        center_id,
        due_on as local_day
    from {{ ref('stg_registers__capacity_plans') }}
    union all
    select
        device_events.center_id,
        {{ local_date('device_events.occurred_epoch_seconds', 'centers.time_zone') }} as local_day
    from {{ ref('int_integrity__device_events') }} as device_events
    inner join centers
        on device_events.center_id = centers.center_id
),

readings as (
    select
        center_id,
        local_day
    from {{ ref('int_utilization__telemetry_device_days') }}
    union all
    select
        center_id,
        local_day
    from {{ ref('stg_registers__device_days') }}
    union all
    select
        occupancy_jobs.center_id,
        {{ local_date('occupancy_jobs.started_epoch_seconds', 'centers.time_zone') }} as local_day
    from {{ ref('stg_registers__occupancy_jobs') }} as occupancy_jobs
    inner join centers
        on occupancy_jobs.center_id = centers.center_id
    union all
    select
        occupancy_jobs.center_id,
        {{ local_date('occupancy_jobs.ended_epoch_seconds', 'centers.time_zone') }} as local_day
    from {{ ref('stg_registers__occupancy_jobs') }} as occupancy_jobs
    inner join centers
        on occupancy_jobs.center_id = centers.center_id
    union all
    select
        node_counts.center_id,
        {{ local_date('node_counts.counted_epoch_seconds', 'centers.time_zone') }} as local_day
    from {{ ref('stg_registers__node_counts') }} as node_counts
    inner join centers
        on node_counts.center_id = centers.center_id
),

spans as (
    select
        center_id,
        local_day,
        true as is_obligation
    from obligations
    union all
    select
        center_id,
        local_day,
        false as is_obligation
    from readings
),

by_center as (
    select
        center_id,
        min(local_day) as first_day,
        max(local_day) as last_reading_or_obligation_day,
        max(case when is_obligation then 1 else 0 end) = 1 as has_obligation
    from spans
    group by center_id
),

last_full_days as (
    select
        centers.center_id,
        centers.time_zone,
        {{ add_days(local_date('as_of.as_of_epoch_seconds', 'centers.time_zone'), -1) }} as last_full_day
    from centers
    cross join as_of
)

select
    last_full_days.center_id,
    last_full_days.time_zone,
    by_center.first_day,
    case
        when by_center.has_obligation then last_full_days.last_full_day
        else least(by_center.last_reading_or_obligation_day, last_full_days.last_full_day)
    end as last_day
from last_full_days
inner join by_center
    on last_full_days.center_id = by_center.center_id
where by_center.first_day <= last_full_days.last_full_day
