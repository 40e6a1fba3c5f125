-- Grain: one row per ISO week of the calendar: its Monday, the Monday after, and how many of its days can be compared.
-- Days can be compared until the last one with telemetry, so that a day still to arrive is no loss against last week.
with weeks as (
    select
        cast(date_trunc('week', local_day) as date) as week_start_on,
        min(local_day) as first_day_on,
        max(local_day) as last_day_on
    from {{ ref('int_calendar__center_days') }}
    group by cast(date_trunc('week', local_day) as date)
),

telemetry as (
    select max(local_day) as data_through_on
    from {{ ref('int_quality__device_days') }}
    where known_seconds > 0
)

select
    weeks.week_start_on,
    {{ add_days('weeks.week_start_on', 7) }} as week_end_on,
    weeks.first_day_on,
    weeks.last_day_on,
    least(
        {{ add_days('weeks.last_day_on', 1) }},
        coalesce({{ add_days('telemetry.data_through_on', 1) }}, weeks.week_start_on)
    ) as compared_until_on,
    greatest(
        {{
            days_between(
                'weeks.week_start_on',
                'least(' ~ add_days('weeks.last_day_on', 1) ~ ', coalesce('
                ~ add_days('telemetry.data_through_on', 1) ~ ', weeks.week_start_on))'
            )
        }},
        0
    ) as compared_day_count,
    {{ add_days('weeks.last_day_on', 1) }} = {{ add_days('weeks.week_start_on', 7) }} as is_over
from weeks
cross join telemetry
