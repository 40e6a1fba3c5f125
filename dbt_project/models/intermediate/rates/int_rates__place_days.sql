-- Grain: one row per center and local day: cabinets, rack units, positions and power at the end of the day.
-- A cabinet is proven powered by a card proven able or a meter that read power that day; at most, by the register.
with center_days as (
    select
        center_id,
        local_day,
        day_start_epoch_seconds,
        day_end_epoch_seconds
    from {{ ref('int_calendar__center_days') }}
),

servers as (
    select * from {{ ref('stg_registers__servers') }}
),

cabinets as (
    select
        center_id,
        cast(count(*) as bigint) as cabinets,
        {{ integer_sum('u_count') }} as rack_units,
        {{ integer_sum('contracted_w') }} as contracted_w
    from {{ ref('stg_registers__cabinets') }}
    group by center_id
),

slots as (
    select
        center_id,
        cast(count(*) as bigint) as positions
    from {{ ref('stg_registers__slots') }}
    group by center_id
),

installed_cards as (
    select
        states.center_id,
        states.device_uid,
        states.server_id,
        states.slot_id,
        states.is_able,
        center_days.local_day,
        proven.device_uid is not null as is_proven
    from {{ ref('int_inventory__device_states') }} as states
    inner join center_days
        on
            states.center_id = center_days.center_id
            and states.valid_from_epoch_seconds < center_days.day_end_epoch_seconds
            and states.valid_to_epoch_seconds >= center_days.day_end_epoch_seconds
    left join {{ ref('int_inventory__device_days') }} as proven
        on
            states.center_id = proven.center_id
            and states.device_uid = proven.device_uid
            and center_days.local_day = proven.local_day
            and proven.proven_able_at_day_end_count > 0
    where states.is_installed
),

read_meters as (
    select
        readings.center_id,
        coalesce(readings.cabinet_id, servers.cabinet_id) as cabinet_id,
        center_days.local_day
    from {{ ref('stg_registers__power_readings') }} as readings
    inner join center_days
        on
            readings.center_id = center_days.center_id
            and readings.read_epoch_seconds >= center_days.day_start_epoch_seconds
            and readings.read_epoch_seconds < center_days.day_end_epoch_seconds
    left join servers
        on
            readings.center_id = servers.center_id
            and readings.server_name in (servers.server_id, servers.host_name)
    where readings.power_milliwatts > 0 or readings.is_powered
),

cabinet_evidence as (
    select
        installed_cards.center_id,
        servers.cabinet_id,
        installed_cards.local_day,
        installed_cards.is_able,
        installed_cards.is_able and installed_cards.is_proven as is_proven,
        installed_cards.is_able and installed_cards.is_proven as is_powered
    from installed_cards
    inner join servers
        on
            installed_cards.center_id = servers.center_id
            and installed_cards.server_id = servers.server_id
    union all
    select
        center_id,
        cabinet_id,
        local_day,
        false as is_able,
        false as is_proven,
        true as is_powered
    from read_meters
),

cabinet_days as (
    select
        center_id,
        local_day,
        count(distinct case when is_proven then cabinet_id end) as cabinets_able_lower,
        count(distinct case when is_able then cabinet_id end) as cabinets_able_upper,
        count(distinct case when is_powered then cabinet_id end) as cabinets_powered_lower,
        count(distinct case when is_powered or is_able then cabinet_id end) as cabinets_powered_upper
    from cabinet_evidence
    group by center_id, local_day
),

server_days as (
    select
        server_days.center_id,
        server_days.local_day,
        {{ integer_sum('servers.u_height') }} as rack_units_used,
        {{ integer_sum('servers.nameplate_w') }} as installed_w
    from {{ ref('int_inventory__server_days') }} as server_days
    inner join servers
        on
            server_days.center_id = servers.center_id
            and server_days.server_id = servers.server_id
    group by server_days.center_id, server_days.local_day
),

position_days as (
    select
        installed_cards.center_id,
        installed_cards.local_day,
        count(distinct installed_cards.slot_id) as positions_used
    from installed_cards
    inner join {{ ref('stg_registers__slots') }} as slots
        on
            installed_cards.center_id = slots.center_id
            and installed_cards.slot_id = slots.slot_id
    group by installed_cards.center_id, installed_cards.local_day
)

select
    center_days.center_id,
    center_days.local_day,
    cast(coalesce(cabinets.cabinets, 0) as bigint) as cabinets,
    cast(coalesce(cabinet_days.cabinets_able_lower, 0) as bigint) as cabinets_able_lower,
    cast(coalesce(cabinet_days.cabinets_able_upper, 0) as bigint) as cabinets_able_upper,
    cast(coalesce(cabinet_days.cabinets_powered_lower, 0) as bigint) as cabinets_powered_lower,
    cast(coalesce(cabinet_days.cabinets_powered_upper, 0) as bigint) as cabinets_powered_upper,
    cast(coalesce(cabinets.rack_units, 0) as bigint) as rack_units,
    cast(coalesce(server_days.rack_units_used, 0) as bigint) as rack_units_used,
    cast(coalesce(slots.positions, 0) as bigint) as positions,
    cast(coalesce(position_days.positions_used, 0) as bigint) as positions_used,
    cast(coalesce(cabinets.contracted_w, 0) as bigint) as contracted_w,
    cast(coalesce(server_days.installed_w, 0) as bigint) as installed_w
from center_days
left join cabinets
    on center_days.center_id = cabinets.center_id
left join slots
    on center_days.center_id = slots.center_id
left join cabinet_days
    on
        center_days.center_id = cabinet_days.center_id
        and center_days.local_day = cabinet_days.local_day
left join server_days
    on
        center_days.center_id = server_days.center_id
        and center_days.local_day = server_days.local_day
left join position_days
    on
        center_days.center_id = position_days.center_id
        and center_days.local_day = position_days.local_day
