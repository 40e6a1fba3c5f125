-- Grain: one row per center with an acceptance window; its end, and the days the test looks at on each side of it.
with centers as (
    select
        center_id,
        coalesce(time_zone, 'UTC') as time_zone,
        acceptance_end_on
    from {{ ref('stg_registers__centers') }}
    where acceptance_end_on is not null
),

build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

dated as (
    select
        centers.center_id,
        centers.acceptance_end_on as window_end_on,
        {{ add_days('centers.acceptance_end_on', '-' ~ policy_number('padding_days')) }} as first_day_on,
        {{ add_days('centers.acceptance_end_on', policy_number('padding_days')) }} as day_after_last_on,
        {{ local_date('build.as_of_epoch_seconds', 'centers.time_zone') }} as as_of_on
    from centers
    cross join build
)

select
    center_id,
    window_end_on,
    first_day_on,
    day_after_last_on,
    day_after_last_on <= as_of_on as is_over
from dated
