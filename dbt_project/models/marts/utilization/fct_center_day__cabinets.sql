-- Grain: one row per center with cabinets and local day; counts are those of the day's last instant.
with cabinets as (
    select
        center_id,
        cast(count(*) as bigint) as cabinet_count,
        {{ integer_sum('u_count') }} as u_available_count,
        {{ integer_sum('contracted_w') }} as contracted_w
    from {{ ref('stg_registers__cabinets') }}
    group by center_id
),

center_days as (
    select
        center_id,
        local_day
    from {{ ref('int_calendar__center_days') }}
),

server_days as (
    select
        server_days.center_id,
        server_days.local_day,
        count(distinct case when server_days.able_card_count > 0 then servers.cabinet_id end) as powered_cabinet_count,
        count(distinct servers.cabinet_id) as used_cabinet_count,
        {{ integer_sum('servers.u_height') }} as u_occupied_count,
        {{ integer_sum('servers.nameplate_w') }} as installed_nameplate_w
    from {{ ref('int_inventory__server_days') }} as server_days
    inner join {{ ref('stg_registers__servers') }} as servers
        on
            server_days.server_id = servers.server_id
            and server_days.center_id = servers.center_id
    group by server_days.center_id, server_days.local_day
),

counted as (
    select
        center_days.center_id,
        center_days.local_day,
        cabinets.cabinet_count,
        cabinets.u_available_count,
        cabinets.contracted_w,
        cast(coalesce(server_days.powered_cabinet_count, 0) as bigint) as powered_cabinet_count,
        cast(coalesce(server_days.used_cabinet_count, 0) as bigint) as used_cabinet_count,
        coalesce(server_days.u_occupied_count, 0) as u_occupied_count,
        coalesce(server_days.installed_nameplate_w, 0) as installed_nameplate_w
    from center_days
    inner join cabinets
        on center_days.center_id = cabinets.center_id
    left join server_days
        on
            center_days.center_id = server_days.center_id
            and center_days.local_day = server_days.local_day
)

select
    counted.center_id,
    counted.local_day,
    counted.cabinet_count,
    counted.powered_cabinet_count,
    counted.used_cabinet_count,
    counted.u_available_count,
    counted.u_occupied_count,
    counted.contracted_w,
    counted.installed_nameplate_w,
    {{ ratio('counted.powered_cabinet_count', 'counted.cabinet_count') }} as powered_rate_of_cabinets,
    {{ ratio('counted.used_cabinet_count', 'counted.cabinet_count') }} as used_rate_of_cabinets,
    {{ ratio('counted.u_occupied_count', 'counted.u_available_count') }} as occupied_rate_of_u,
    {{ ratio('counted.installed_nameplate_w', 'counted.contracted_w') }}
        as installed_nameplate_rate_of_contracted_power
from counted
