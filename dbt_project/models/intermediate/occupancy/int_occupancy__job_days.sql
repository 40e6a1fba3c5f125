-- Grain: one row per center, job and local day it ran on; a job is booked to the days it ran on, not to its start day.
with centers as (
    select
        center_id,
        time_zone
    from {{ ref('int_calendar__centers') }}
),

jobs as (
    select
        occupancy_jobs.center_id,
        occupancy_jobs.job_id,
        occupancy_jobs.card_count,
        occupancy_jobs.started_epoch_seconds,
        occupancy_jobs.ended_epoch_seconds,
        {{ local_date('occupancy_jobs.started_epoch_seconds', 'centers.time_zone') }} as first_day,
        {{ local_date('occupancy_jobs.ended_epoch_seconds - 1', 'centers.time_zone') }} as last_day
    from {{ ref('stg_registers__occupancy_jobs') }} as occupancy_jobs
    inner join centers
        on occupancy_jobs.center_id = centers.center_id
    where occupancy_jobs.ended_epoch_seconds > occupancy_jobs.started_epoch_seconds
),

touched as (
    select
        jobs.center_id,
        jobs.job_id,
        jobs.card_count,
        jobs.started_epoch_seconds,
        jobs.ended_epoch_seconds,
        {{ date_spine_days('jobs.first_day', 'jobs.last_day') }} as spine_day
    from jobs
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

cut as (
    select
        touched.center_id,
        touched.job_id,
        center_days.local_day,
        touched.card_count,
        least(touched.ended_epoch_seconds, center_days.day_end_epoch_seconds)
        - greatest(touched.started_epoch_seconds, center_days.day_start_epoch_seconds) as occupied_seconds
    from touched
    inner join center_days
        on
            touched.center_id = center_days.center_id
            and cast(touched.spine_day as date) = center_days.local_day
)

select
    cut.center_id,
    cut.job_id,
    cut.local_day,
    cut.card_count,
    cut.occupied_seconds,
    cut.occupied_seconds * cut.card_count as occupied_card_seconds
from cut
where cut.occupied_seconds > 0
