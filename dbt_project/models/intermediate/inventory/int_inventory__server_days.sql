-- Grain: one row per center, server and local day on which a card stood in the server at the end of the day.
with states as (
    select
        center_id,
        device_uid,
        server_id,
        is_able,
        valid_from_epoch_seconds,
        valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
    where is_installed and server_id is not null
),

center_days as (
    select
        center_id,
        local_day,
        day_end_epoch_seconds
    from {{ ref('int_calendar__center_days') }}
)

select
    states.center_id,
    states.server_id,
    center_days.local_day,
    cast(count(*) as bigint) as installed_card_count,
    {{ integer_sum('case when states.is_able then 1 end') }} as able_card_count
from states
inner join center_days
    on
        states.center_id = center_days.center_id
        and states.valid_from_epoch_seconds < center_days.day_end_epoch_seconds
        and states.valid_to_epoch_seconds >= center_days.day_end_epoch_seconds
group by states.center_id, states.server_id, center_days.local_day
