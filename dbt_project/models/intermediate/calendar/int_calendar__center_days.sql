-- Grain: one row per center and local day, from its first plan, event or reading to the last full day before as-of.
with center_spans as (
    select * from {{ ref('int_calendar__center_spans') }}
),

days as (
    select
        center_spans.center_id,
        center_spans.time_zone,
        {{ date_spine_days('center_spans.first_day', 'center_spans.last_day') }} as spine_day
    from center_spans
),

dated as (
    select
        center_id,
        time_zone,
        cast(spine_day as date) as local_day
    from days
),

bounded as (
    select
        dated.center_id,
        dated.time_zone,
        dated.local_day,
        {{ month_start('dated.local_day') }} as month_start_on,
        {{ local_midnight_epoch('dated.local_day', 'dated.time_zone') }} as day_start_epoch_seconds,
        {{ local_midnight_epoch(add_days('dated.local_day', 1), 'dated.time_zone') }} as day_end_epoch_seconds
    from dated
)

select
    bounded.center_id,
    bounded.local_day,
    bounded.time_zone,
    bounded.month_start_on,
    bounded.day_start_epoch_seconds,
    bounded.day_end_epoch_seconds,
    bounded.day_end_epoch_seconds - bounded.day_start_epoch_seconds as day_seconds
from bounded
