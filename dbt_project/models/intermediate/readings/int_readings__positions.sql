-- Grain: one row per center with card positions, and month: seconds of positions, and of those in a cabinet.
with slots as (
    select
        slots.center_id,
        cast(count(*) as bigint) as position_count,
        {{ integer_sum('case when servers.cabinet_id is not null then 1 end') }} as used_position_count
    from {{ ref('stg_registers__slots') }} as slots
    left join {{ ref('stg_registers__servers') }} as servers
        on
            slots.center_id = servers.center_id
            and slots.server_id = servers.server_id
    group by slots.center_id
),

months as (
    select
        center_id,
        month_start_on,
        {{ integer_sum('day_seconds') }} as month_seconds
    from {{ ref('int_calendar__center_days') }}
    group by center_id, month_start_on
)

select
    months.center_id,
    months.month_start_on,
    slots.position_count * months.month_seconds as position_seconds,
    slots.used_position_count * months.month_seconds as used_position_seconds
from months
inner join slots
    on months.center_id = slots.center_id
