-- Grain: one row per center, meter and start of a stretch of time for which the meter's energy is known.
-- A meter is read in one way: by its running total where it tells one twice, else by what it says of stretches of time,
-- else by its power at instants. Parts of servers are left out: what they draw is in their server already.
with readings as (
    select
        center_id,
        meter_id,
        meter_scope,
        server_name,
        power_milliwatts,
        energy_wh,
        total_wh,
        started_epoch_seconds,
        read_epoch_seconds
    from {{ ref('stg_registers__power_readings') }}
    where meter_scope <> 'component'
),

total_instants as (
    select
        center_id,
        meter_id,
        read_epoch_seconds as to_epoch_seconds,
        max(total_wh) as total_wh
    from readings
    where total_wh is not null
    group by center_id, meter_id, read_epoch_seconds
),

total_steps as (
    select
        center_id,
        meter_id,
        to_epoch_seconds,
        total_wh,
        lag(to_epoch_seconds) over (
            partition by center_id, meter_id
            order by to_epoch_seconds nulls last
        ) as from_epoch_seconds,
        lag(total_wh) over (
            partition by center_id, meter_id
            order by to_epoch_seconds nulls last
        ) as earlier_total_wh
    from total_instants
),

-- A total below the one before it started again from zero in between: what was drawn until then is not known.
by_total as (
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        (total_wh - earlier_total_wh) * 3600000 as energy_milliwatt_seconds
    from total_steps
    where total_wh >= earlier_total_wh
),

span_readings as (
    select
        center_id,
        meter_id,
        started_epoch_seconds as from_epoch_seconds,
        read_epoch_seconds as to_epoch_seconds,
        max(
            coalesce(energy_wh * 3600000, power_milliwatts * (read_epoch_seconds - started_epoch_seconds))
        ) as energy_milliwatt_seconds
    from readings
    where
        started_epoch_seconds < read_epoch_seconds
        and coalesce(energy_wh, power_milliwatts) is not null
    group by center_id, meter_id, started_epoch_seconds, read_epoch_seconds
),

-- Of two stretches that overlap the one that began earlier counts; counting both would double the time they share.
span_order as (
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        energy_milliwatt_seconds,
        max(to_epoch_seconds) over (
            partition by center_id, meter_id
            order by from_epoch_seconds nulls last, to_epoch_seconds nulls last
            rows between unbounded preceding and 1 preceding
        ) as latest_earlier_end
    from span_readings
),

by_span as (
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        energy_milliwatt_seconds
    from span_order
    where latest_earlier_end is null or from_epoch_seconds >= latest_earlier_end
),

instants as (
    select
        center_id,
        meter_id,
        read_epoch_seconds as from_epoch_seconds,
        max(power_milliwatts) as power_milliwatts
    from readings
    where started_epoch_seconds is null and power_milliwatts is not null
    group by center_id, meter_id, read_epoch_seconds
),

held as (
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        power_milliwatts,
        least(
            coalesce(
                lead(from_epoch_seconds) over (
                    partition by center_id, meter_id
                    order by from_epoch_seconds nulls last
                ),
                from_epoch_seconds + cast({{ policy_number('power_hold_seconds') }} as bigint)
            ),
            from_epoch_seconds + cast({{ policy_number('power_hold_seconds') }} as bigint)
        ) as to_epoch_seconds
    from instants
),

by_instant as (
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        power_milliwatts * (to_epoch_seconds - from_epoch_seconds) as energy_milliwatt_seconds
    from held
),

ways as (
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        energy_milliwatt_seconds,
        1 as way_rank
    from by_total
    union all
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        energy_milliwatt_seconds,
        2 as way_rank
    from by_span
    union all
    select
        center_id,
        meter_id,
        from_epoch_seconds,
        to_epoch_seconds,
        energy_milliwatt_seconds,
        3 as way_rank
    from by_instant
),

best as (
    select
        center_id,
        meter_id,
        min(way_rank) as way_rank
    from ways
    group by center_id, meter_id
),

meters as (
    select
        center_id,
        meter_id,
        min(meter_scope) as meter_scope,
        min(server_name) as server_name
    from readings
    group by center_id, meter_id
)

select
    ways.center_id,
    ways.meter_id,
    meters.meter_scope,
    meters.server_name,
    ways.from_epoch_seconds,
    ways.to_epoch_seconds,
    cast(ways.energy_milliwatt_seconds as bigint) as energy_milliwatt_seconds
from ways
inner join best
    on
        ways.center_id = best.center_id
        and ways.meter_id = best.meter_id
        and ways.way_rank = best.way_rank
inner join meters
    on
        ways.center_id = meters.center_id
        and ways.meter_id = meters.meter_id
