-- Grain: one row per center: faults, maintenance and disclosed ends of contracts on each side of the window's end.
with windows as (
    select * from {{ ref('int_padding__windows') }}
),

device_days as (
    select
        center_id,
        local_day,
        commissioned_seconds,
        commissioned_fault_seconds,
        commissioned_maintenance_seconds
    from {{ ref('int_inventory__device_days') }}
),

sums as (
    select
        windows.center_id,
        {{ integer_sum(
            'case when device_days.local_day < windows.window_end_on then device_days.commissioned_seconds else 0 end'
        ) }} as commissioned_before,
        {{ integer_sum(
            'case when device_days.local_day < windows.window_end_on then 0 else device_days.commissioned_seconds end'
        ) }} as commissioned_after,
        {{ integer_sum(
            'case when device_days.local_day < windows.window_end_on '
            'then device_days.commissioned_fault_seconds else 0 end'
        ) }} as fault_before,
        {{ integer_sum(
            'case when device_days.local_day < windows.window_end_on '
            'then 0 else device_days.commissioned_fault_seconds end'
        ) }} as fault_after,
        {{ integer_sum(
            'case when device_days.local_day < windows.window_end_on '
            'then device_days.commissioned_maintenance_seconds else 0 end'
        ) }} as maintenance_before,
        {{ integer_sum(
            'case when device_days.local_day < windows.window_end_on '
            'then 0 else device_days.commissioned_maintenance_seconds end'
        ) }} as maintenance_after
    from windows
    left join device_days
        on
            windows.center_id = device_days.center_id
            and device_days.local_day >= windows.first_day_on
            and device_days.local_day < windows.day_after_last_on
    group by windows.center_id
)

select
    center_id,
    {{ ratio('fault_after', 'commissioned_after') }} - {{ ratio('fault_before', 'commissioned_before') }}
        as fault_rate_rise,
    {{ ratio('maintenance_after', 'commissioned_after') }}
    - {{ ratio('maintenance_before', 'commissioned_before') }} as maintenance_rate_rise
from sums
