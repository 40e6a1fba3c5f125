-- Grain: one row per center, device and local day: where the card stood last that day, as a cabinet, or as a server of
-- no known cabinet.
with center_days as (
    select
        center_id,
        local_day,
        day_start_epoch_seconds,
        day_end_epoch_seconds
    from {{ ref('int_calendar__center_days') }}
),

servers as (
    select
        server_id,
        cabinet_id
    from {{ ref('stg_registers__servers') }}
)

select
    states.center_id,
    states.device_uid,
    center_days.local_day,
    coalesce(servers.cabinet_id, states.server_id, 'none') as place_id,
    case
        when servers.cabinet_id is not null then 'cabinet'
        when states.server_id is not null then 'server'
        else 'none'
    end as place_kind,
    states.server_id
from {{ ref('int_inventory__device_states') }} as states
inner join center_days
    on
        states.center_id = center_days.center_id
        and states.valid_from_epoch_seconds < center_days.day_end_epoch_seconds
        and states.valid_to_epoch_seconds > center_days.day_start_epoch_seconds
left join servers
    on states.server_id = servers.server_id
qualify row_number() over (
    partition by states.center_id, states.device_uid, center_days.local_day
    order by states.valid_from_epoch_seconds desc nulls last, states.event_id asc nulls last
) = 1
