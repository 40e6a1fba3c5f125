-- Grain: one row per center, local day and hour of the day (0 to 23): card-seconds lit in it, between two bounds.
-- Telemetry says in which hour; what else was lit that day, and what is unknown, is spread over its hours alike.
with hours as (
    {{ whole_numbers_below_1000() }}
),

centers as (
    select
        center_id,
        coalesce(time_zone, 'UTC') as time_zone
    from {{ ref('stg_registers__centers') }}
),

days as (
    select
        center_id,
        local_day,
        month_start_on,
        day_seconds,
        lit_card_seconds,
        unknown_card_seconds
    from {{ ref('int_utilization__center_days') }}
),

-- Cards first, so that the clock of a center is asked once an hour and not once a card.
instants as (
    select
        center_id,
        local_day,
        hour_start_epoch_seconds,
        {{ integer_sum(
            'util_5_10_seconds + util_10_20_seconds + util_20_50_seconds + util_50_80_seconds + util_80_100_seconds'
        ) }} as busy_card_seconds
    from {{ ref('int_identity__device_hours') }}
    where evidence_class <> 'D'
    group by center_id, local_day, hour_start_epoch_seconds
),

timed as (
    select
        instants.center_id,
        instants.local_day,
        least(
            cast(
                floor(
                    (
                        instants.hour_start_epoch_seconds
                        - {{ local_midnight_epoch('instants.local_day', 'centers.time_zone') }}
                    ) / cast(3600 as double)
                ) as bigint
            ),
            23
        ) as hour_of_day,
        instants.busy_card_seconds
    from instants
    inner join centers
        on instants.center_id = centers.center_id
),

told as (
    select
        center_id,
        local_day,
        hour_of_day,
        {{ integer_sum('busy_card_seconds') }} as busy_card_seconds
    from timed
    group by center_id, local_day, hour_of_day
),

told_days as (
    select
        center_id,
        local_day,
        {{ integer_sum('busy_card_seconds') }} as busy_card_seconds
    from told
    group by center_id, local_day
),

-- Of a day's lit seconds at most as many have an hour as there are; the rest has none.
shaped as (
    select
        days.*,
        least(coalesce(told_days.busy_card_seconds, 0), days.lit_card_seconds) as timed_card_seconds,
        told_days.busy_card_seconds as told_card_seconds
    from days
    left join told_days
        on
            days.center_id = told_days.center_id
            and days.local_day = told_days.local_day
)

select
    shaped.center_id,
    shaped.local_day,
    hours.number as hour_of_day,
    shaped.month_start_on,
    shaped.day_seconds,
    coalesce(
        {{ ratio(
            'cast(shaped.timed_card_seconds as double) * told.busy_card_seconds', 'shaped.told_card_seconds'
        ) }},
        0
    ) + (shaped.lit_card_seconds - shaped.timed_card_seconds) / cast(24 as double) as lit_card_seconds_lower,
    coalesce(
        {{ ratio(
            'cast(shaped.timed_card_seconds as double) * told.busy_card_seconds', 'shaped.told_card_seconds'
        ) }},
        0
    )
    + (shaped.lit_card_seconds - shaped.timed_card_seconds + shaped.unknown_card_seconds) / cast(24 as double)
        as lit_card_seconds_upper
from shaped
inner join hours
    on hours.number <= 23
left join told
    on
        shaped.center_id = told.center_id
        and shaped.local_day = told.local_day
        and hours.number = told.hour_of_day
