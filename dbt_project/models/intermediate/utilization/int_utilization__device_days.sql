-- Grain: one row per center, device and local day on which the register lists the card as present, away or in service.
with inventory_days as (
    select * from {{ ref('int_inventory__device_days') }}
),

readings as (
    select
        center_id,
        device_uid,
        local_day,
        sum(known_seconds) as known_seconds,
        sum(lit_seconds) as lit_seconds,
        sum(lit_seconds_at_1_pct) as lit_seconds_at_1_pct,
        sum(lit_seconds_at_5_pct) as lit_seconds_at_5_pct,
        sum(lit_seconds_at_10_pct) as lit_seconds_at_10_pct,
        sum(lit_seconds_at_20_pct) as lit_seconds_at_20_pct,
        sum(outside_usable_seconds) as outside_usable_seconds,
        sum(occupied_seconds) as occupied_seconds,
        sum(occupancy_known_seconds) as occupancy_known_seconds,
        sum(productive_seconds) as productive_seconds,
        sum(productive_known_seconds) as productive_known_seconds
    from {{ ref('int_utilization__reading_spans') }}
    group by center_id, device_uid, local_day
),

energy as (
    select
        coalesce(telemetry_days.center_id, device_days.center_id) as center_id,
        coalesce(telemetry_days.device_uid, device_days.device_uid) as device_uid,
        coalesce(telemetry_days.local_day, device_days.local_day) as local_day,
        coalesce(telemetry_days.energy_wh, device_days.energy_wh) as energy_wh
    from {{ ref('int_utilization__telemetry_device_days') }} as telemetry_days
    full outer join {{ ref('int_identity__device_days') }} as device_days
        on
            telemetry_days.center_id = device_days.center_id
            and telemetry_days.device_uid = device_days.device_uid
            and telemetry_days.local_day = device_days.local_day
),

commissioned as (
    select
        center_id,
        device_uid,
        local_day,
        {{ integer_sum('lit_seconds') }} as lit_commissioned_seconds_lower,
        {{ integer_sum('lit_seconds + unknown_seconds') }} as lit_commissioned_seconds_upper
    from {{ ref('int_utilization__tenancy_readings') }}
    where is_commissioned
    group by center_id, device_uid, local_day
),

joined as (
    select
        inventory_days.*,
        cast(coalesce(readings.known_seconds, 0) as bigint) as known_seconds,
        cast(coalesce(readings.lit_seconds, 0) as bigint) as lit_seconds,
        cast(coalesce(readings.lit_seconds_at_1_pct, 0) as bigint) as lit_seconds_at_1_pct,
        cast(coalesce(readings.lit_seconds_at_5_pct, 0) as bigint) as lit_seconds_at_5_pct,
        cast(coalesce(readings.lit_seconds_at_10_pct, 0) as bigint) as lit_seconds_at_10_pct,
        cast(coalesce(readings.lit_seconds_at_20_pct, 0) as bigint) as lit_seconds_at_20_pct,
        cast(coalesce(readings.outside_usable_seconds, 0) as bigint) as outside_usable_seconds,
        cast(coalesce(readings.occupied_seconds, 0) as bigint) as occupied_seconds,
        cast(coalesce(readings.occupancy_known_seconds, 0) as bigint) as occupancy_known_seconds,
        cast(coalesce(readings.productive_seconds, 0) as bigint) as productive_seconds,
        cast(coalesce(readings.productive_known_seconds, 0) as bigint) as productive_known_seconds,
        cast(coalesce(energy.energy_wh, 0) as bigint) as energy_wh,
        coalesce(commissioned.lit_commissioned_seconds_lower, 0) as lit_commissioned_seconds_lower,
        coalesce(commissioned.lit_commissioned_seconds_upper, 0) as lit_commissioned_seconds_upper
    from inventory_days
    left join readings
        on
            inventory_days.center_id = readings.center_id
            and inventory_days.device_uid = readings.device_uid
            and inventory_days.local_day = readings.local_day
    left join energy
        on
            inventory_days.center_id = energy.center_id
            and inventory_days.device_uid = energy.device_uid
            and inventory_days.local_day = energy.local_day
    left join commissioned
        on
            inventory_days.center_id = commissioned.center_id
            and inventory_days.device_uid = commissioned.device_uid
            and inventory_days.local_day = commissioned.local_day
)

select
    joined.center_id,
    joined.device_uid,
    joined.local_day,
    joined.model_id,
    joined.listed_seconds,
    joined.installed_seconds,
    joined.able_seconds,
    joined.usable_seconds,
    joined.proven_able_seconds,
    joined.contested_seconds,
    joined.duplicate_able_seconds,
    joined.duplicate_installed_seconds,
    joined.commissioned_seconds,
    joined.duplicate_commissioned_seconds,
    joined.commissioned_able_seconds,
    joined.commissioned_maintenance_seconds,
    joined.commissioned_fault_seconds,
    joined.maintenance_seconds,
    joined.fault_seconds,
    joined.excused_seconds,
    joined.sold_seconds,
    joined.duplicate_sold_seconds,
    joined.allocated_seconds,
    joined.duplicate_allocated_seconds,
    joined.able_at_day_end_count,
    joined.proven_able_at_day_end_count,
    joined.duplicate_able_at_day_end_count,
    joined.known_seconds,
    joined.able_seconds - joined.known_seconds as unknown_seconds,
    joined.lit_seconds,
    joined.lit_seconds_at_1_pct,
    joined.lit_seconds_at_5_pct,
    joined.lit_seconds_at_10_pct,
    joined.lit_seconds_at_20_pct,
    joined.lit_commissioned_seconds_lower,
    joined.lit_commissioned_seconds_upper,
    joined.outside_usable_seconds,
    joined.occupied_seconds,
    joined.occupancy_known_seconds,
    joined.productive_seconds,
    joined.productive_known_seconds,
    joined.energy_wh
from joined
