-- Grain: one row per bill and local day it is for: the day's share of a bill, spread evenly over its days.
with bills as (
    select
        bill_id,
        center_id,
        meter_id,
        tax_basis,
        energy_wh,
        sharp_wh,
        peak_wh,
        flat_wh,
        valley_wh,
        deep_valley_wh,
        amount_cny_fen,
        period_start_on,
        {{ days_between('period_start_on', 'period_end_on') }} as bill_days,
        {{ date_spine_days('period_start_on', add_days('period_end_on', -1)) }} as spine_day
    from {{ ref('stg_registers__utility_bills') }}
),

numbered as (
    select
        bill_id,
        center_id,
        meter_id,
        tax_basis,
        energy_wh,
        sharp_wh,
        peak_wh,
        flat_wh,
        valley_wh,
        deep_valley_wh,
        amount_cny_fen,
        bill_days,
        cast(spine_day as date) as local_day,
        {{ days_between('period_start_on', 'cast(spine_day as date)') }} as day_no
    from bills
)

select
    numbered.bill_id,
    numbered.center_id,
    numbered.meter_id,
    numbered.tax_basis,
    numbered.local_day,
    cast(floor(cast(numbered.energy_wh as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.energy_wh as double) * numbered.day_no / numbered.bill_days) as bigint) as energy_wh,
    cast(floor(cast(numbered.sharp_wh as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.sharp_wh as double) * numbered.day_no / numbered.bill_days) as bigint) as sharp_wh,
    cast(floor(cast(numbered.peak_wh as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.peak_wh as double) * numbered.day_no / numbered.bill_days) as bigint) as peak_wh,
    cast(floor(cast(numbered.flat_wh as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.flat_wh as double) * numbered.day_no / numbered.bill_days) as bigint) as flat_wh,
    cast(floor(cast(numbered.valley_wh as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.valley_wh as double) * numbered.day_no / numbered.bill_days) as bigint) as valley_wh,
    cast(floor(cast(numbered.deep_valley_wh as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.deep_valley_wh as double) * numbered.day_no / numbered.bill_days) as bigint)
        as deep_valley_wh,
    cast(floor(cast(numbered.amount_cny_fen as double) * (numbered.day_no + 1) / numbered.bill_days) as bigint)
    - cast(floor(cast(numbered.amount_cny_fen as double) * numbered.day_no / numbered.bill_days) as bigint)
        as amount_fen
from numbered
