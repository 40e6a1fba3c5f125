-- Grain: one row per center, month, reading (or ours) and class: what of the class it counts, above and below its line.
-- Parts are card-seconds in ten-thousandths, so that utilization in basis points and time can stand in one sum.
with device_months as (
    select
        months.*,
        coalesce(cabinets.room, 'none') as room
    from {{ ref('int_readings__device_months') }} as months
    left join {{ ref('int_inventory__device_states') }} as states
        on
            months.center_id = states.center_id
            and months.device_uid = states.device_uid
            and states.is_current
    left join {{ ref('stg_registers__servers') }} as servers
        on
            states.center_id = servers.center_id
            and states.server_id = servers.server_id
    left join {{ ref('stg_registers__cabinets') }} as cabinets
        on
            servers.center_id = cabinets.center_id
            and servers.cabinet_id = cabinets.cabinet_id
),

busy_rooms as (
    select
        center_id,
        month_start_on,
        room
    from device_months
    group by center_id, month_start_on, room
    having sum(allocated_seconds) > 0
),

tenants as (
    select
        center_id,
        month_start_on,
        tenant_party_id,
        sum(card_seconds) as card_seconds
    from device_months
    where is_sold and tenant_party_id <> 'none'
    group by center_id, month_start_on, tenant_party_id
),

largest_tenants as (
    select
        center_id,
        month_start_on,
        tenant_party_id
    from tenants
    qualify row_number() over (
        partition by center_id, month_start_on
        order by card_seconds desc nulls last, tenant_party_id asc nulls last
    ) = 1
),

classed as (
    select
        device_months.center_id,
        device_months.month_start_on,
        device_months.class_id,
        device_months.lit_status,
        device_months.is_sold,
        busy_rooms.room is not null as is_in_busy_room,
        largest_tenants.tenant_party_id is not null as is_of_largest_tenant,
        sum(device_months.card_seconds) as card_seconds,
        sum(device_months.allocated_seconds) as allocated_seconds,
        sum(device_months.busy_bp_seconds_lower) as busy_lower,
        sum(device_months.busy_bp_seconds_upper) as busy_upper,
        sum(device_months.above_zero_seconds_lower) as above_zero_lower,
        sum(device_months.above_zero_seconds_upper) as above_zero_upper,
        sum(device_months.at_1_pct_seconds) as at_1_pct_seconds,
        sum(device_months.at_10_pct_seconds) as at_10_pct_seconds,
        sum(device_months.at_20_pct_seconds) as at_20_pct_seconds
    from device_months
    left join busy_rooms
        on
            device_months.center_id = busy_rooms.center_id
            and device_months.month_start_on = busy_rooms.month_start_on
            and device_months.room = busy_rooms.room
    left join largest_tenants
        on
            device_months.center_id = largest_tenants.center_id
            and device_months.month_start_on = largest_tenants.month_start_on
            and device_months.tenant_party_id = largest_tenants.tenant_party_id
            and device_months.is_sold
    group by
        device_months.center_id,
        device_months.month_start_on,
        device_months.class_id,
        device_months.lit_status,
        device_months.is_sold,
        busy_rooms.room,
        largest_tenants.tenant_party_id
),

able as (
    select
        center_id,
        month_start_on,
        sum(card_seconds) as card_seconds
    from classed
    group by center_id, month_start_on
),

divisors as (
    select cast({{ policy_number('reading_cards_per_host') }} as bigint) as cards_per_host
),

counted as (
    {{ parts_of_common_readings('classed', 'divisors') }}
    union all
    select
        center_id,
        month_start_on,
        'rejected' as class_id,
        'mean_with_rejected' as reading_id,
        rejected_bp_seconds as numerator_lower,
        rejected_bp_seconds as numerator_upper,
        10000 * rejected_seconds as denominator
    from {{ ref('int_readings__rejected_samples') }}
    union all
    select
        positions.center_id,
        positions.month_start_on,
        'not_able' as class_id,
        'rack_positions_used' as reading_id,
        10000 * (positions.used_position_seconds - coalesce(able.card_seconds, 0)) as numerator_lower,
        10000 * (positions.used_position_seconds - coalesce(able.card_seconds, 0)) as numerator_upper,
        10000 * (positions.position_seconds - coalesce(able.card_seconds, 0)) as denominator
    from {{ ref('int_readings__positions') }} as positions
    left join able
        on
            positions.center_id = able.center_id
            and positions.month_start_on = able.month_start_on
)

select
    counted.center_id,
    counted.month_start_on,
    counted.reading_id,
    counted.class_id,
    {{ wide_sum('counted.numerator_lower') }} as numerator_lower,
    {{ wide_sum('counted.numerator_upper') }} as numerator_upper,
    {{ wide_sum('counted.denominator') }} as denominator
from counted
group by counted.center_id, counted.month_start_on, counted.reading_id, counted.class_id
