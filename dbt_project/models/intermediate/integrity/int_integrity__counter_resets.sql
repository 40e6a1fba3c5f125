-- Grain: one row per center, meter, instant and way of reading whose running total is below the one before it.
-- The counter started again in between: the reading is good, and what was drawn until then is not known.
with totals as (
    select
        center_id,
        meter_id,
        source_method,
        read_at,
        total_wh,
        source_sha256,
        source_line,
        lag(total_wh) over in_time as earlier_total_wh,
        lag(source_sha256) over in_time as earlier_source_sha256,
        lag(source_line) over in_time as earlier_source_line
    from {{ ref('stg_registers__power_readings') }}
    where total_wh is not null
    window in_time as (
        partition by center_id, meter_id, source_method
        order by read_epoch_seconds nulls last
    )
)

select
    totals.center_id,
    totals.meter_id,
    totals.source_method,
    totals.read_at,
    totals.total_wh,
    totals.earlier_total_wh,
    totals.source_sha256,
    totals.source_line,
    totals.earlier_source_sha256,
    totals.earlier_source_line
from totals
where totals.total_wh < totals.earlier_total_wh
