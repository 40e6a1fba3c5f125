-- Grain: one row per center, local day and way of measuring energy (device, server, pdu, cabinet, site, bill) in use.
with center_days as (
    select
        center_id,
        local_day,
        month_start_on,
        day_seconds
    from {{ ref('int_calendar__center_days') }}
),

meter_days as (
    select * from {{ ref('int_energy__meter_days') }}
),

servers as (
    select
        center_id,
        server_id,
        server_id as server_name
    from {{ ref('stg_registers__servers') }}
    union
    select
        center_id,
        server_id,
        host_name as server_name
    from {{ ref('stg_registers__servers') }}
    where host_name is not null
),

-- A server with two feeds has two meters: their energies add up, and the server is known while both are.
server_days as (
    select
        meter_days.center_id,
        coalesce(servers.server_id, meter_days.server_name, meter_days.meter_id) as server_id,
        meter_days.local_day,
        sum(meter_days.energy_milliwatt_seconds) as energy_milliwatt_seconds,
        min(meter_days.known_seconds) as known_seconds
    from meter_days
    left join servers
        on
            meter_days.center_id = servers.center_id
            and meter_days.server_name = servers.server_name
    where meter_days.meter_scope = 'server'
    group by
        meter_days.center_id,
        coalesce(servers.server_id, meter_days.server_name, meter_days.meter_id),
        meter_days.local_day
),

-- A month is judged as a whole: what is metered at all is expected from the first day of the month it began in.
metered_servers as (
    select
        center_id,
        {{ month_start('min(local_day)') }} as first_day
    from server_days
    group by center_id
),

expected_servers as (
    select
        server_days.center_id,
        server_days.server_id,
        server_days.local_day
    from server_days
    union
    select
        listed.center_id,
        listed.server_id,
        listed.local_day
    from {{ ref('int_inventory__server_days') }} as listed
    inner join metered_servers
        on
            listed.center_id = metered_servers.center_id
            and listed.local_day >= metered_servers.first_day
),

by_server as (
    select
        expected_servers.center_id,
        expected_servers.local_day,
        'server' as meter_scope,
        sum(server_days.energy_milliwatt_seconds) as energy_milliwatt_seconds,
        sum(coalesce(server_days.known_seconds, 0)) as known_seconds,
        count(*) as meter_count
    from expected_servers
    left join server_days
        on
            expected_servers.center_id = server_days.center_id
            and expected_servers.server_id = server_days.server_id
            and expected_servers.local_day = server_days.local_day
    group by expected_servers.center_id, expected_servers.local_day
),

-- Every other meter is expected from the month of its first reading on: one that falls silent is unknown, not gone.
other_meters as (
    select
        center_id,
        meter_id,
        meter_scope,
        {{ month_start('min(local_day)') }} as first_day
    from meter_days
    where meter_scope <> 'server'
    group by center_id, meter_id, meter_scope
),

by_other as (
    select
        other_meters.center_id,
        center_days.local_day,
        other_meters.meter_scope,
        sum(meter_days.energy_milliwatt_seconds) as energy_milliwatt_seconds,
        sum(coalesce(meter_days.known_seconds, 0)) as known_seconds,
        count(*) as meter_count
    from other_meters
    inner join center_days
        on
            other_meters.center_id = center_days.center_id
            and other_meters.first_day <= center_days.local_day
    left join meter_days
        on
            other_meters.center_id = meter_days.center_id
            and other_meters.meter_id = meter_days.meter_id
            and center_days.local_day = meter_days.local_day
    group by other_meters.center_id, center_days.local_day, other_meters.meter_scope
),

metered as (
    select * from by_server
    union all
    select * from by_other
),

billed_meters as (
    select
        center_id,
        meter_id,
        {{ month_start('min(local_day)') }} as first_day
    from {{ ref('int_energy__bill_days') }}
    group by center_id, meter_id
),

bill_meter_days as (
    select
        center_id,
        meter_id,
        local_day,
        sum(energy_wh) as energy_wh
    from {{ ref('int_energy__bill_days') }}
    group by center_id, meter_id, local_day
),

billed as (
    select
        billed_meters.center_id,
        center_days.local_day,
        sum(bill_meter_days.energy_wh) as energy_wh,
        sum(case when bill_meter_days.energy_wh is not null then center_days.day_seconds else 0 end) as known_seconds,
        sum(center_days.day_seconds) as expected_seconds
    from billed_meters
    inner join center_days
        on
            billed_meters.center_id = center_days.center_id
            and billed_meters.first_day <= center_days.local_day
    left join bill_meter_days
        on
            billed_meters.center_id = bill_meter_days.center_id
            and billed_meters.meter_id = bill_meter_days.meter_id
            and center_days.local_day = bill_meter_days.local_day
    group by billed_meters.center_id, center_days.local_day
),

-- A card's own report speaks for the board alone: processors, fans and losses of the server are not in it.
carded as (
    select
        center_id,
        local_day,
        energy_wh,
        known_card_seconds as known_seconds,
        known_card_seconds + unknown_card_seconds as expected_seconds
    from {{ ref('int_utilization__center_days') }}
    where known_card_seconds + unknown_card_seconds > 0
),

together as (
    select
        metered.center_id,
        metered.local_day,
        metered.meter_scope,
        cast(round(cast(metered.energy_milliwatt_seconds as double) / 3600000) as bigint) as energy_wh,
        metered.known_seconds,
        metered.meter_count * center_days.day_seconds as expected_seconds
    from metered
    inner join center_days
        on
            metered.center_id = center_days.center_id
            and metered.local_day = center_days.local_day
    union all
    select
        billed.center_id,
        billed.local_day,
        'bill' as meter_scope,
        billed.energy_wh,
        billed.known_seconds,
        billed.expected_seconds
    from billed
    union all
    select
        carded.center_id,
        carded.local_day,
        'device' as meter_scope,
        case when carded.known_seconds > 0 then carded.energy_wh end as energy_wh,
        carded.known_seconds,
        carded.expected_seconds
    from carded
)

select
    together.center_id,
    together.local_day,
    center_days.month_start_on,
    together.meter_scope,
    cast(together.energy_wh as bigint) as energy_wh,
    cast(together.known_seconds as bigint) as known_seconds,
    cast(together.expected_seconds as bigint) as expected_seconds
from together
inner join center_days
    on
        together.center_id = center_days.center_id
        and together.local_day = center_days.local_day
