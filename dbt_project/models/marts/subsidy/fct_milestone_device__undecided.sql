-- Grain: one row per undetermined condition and card whose hours are unknown in its window.
with undetermined as (
    select milestone_id
    from {{ ref('fct_milestone__earned') }}
    where
        verdict = 'undetermined'
        and undecided_card_seconds > 0
),

windows as (
    select * from {{ ref('int_subsidy__windows') }}
),

device_days as (
    select * from {{ ref('int_utilization__device_days') }}
    where unknown_seconds > 0
)

select
    undetermined.milestone_id,
    device_days.device_uid,
    windows.center_id,
    {{ integer_sum('device_days.unknown_seconds') }} as unknown_card_seconds,
    cast(count(*) as bigint) as unknown_day_count,
    min(device_days.local_day) as first_unknown_on,
    max(device_days.local_day) as last_unknown_on
from undetermined
inner join windows
    on undetermined.milestone_id = windows.milestone_id
inner join device_days
    on
        windows.center_id = device_days.center_id
        and windows.from_on <= device_days.local_day
        and device_days.local_day < windows.to_on
group by undetermined.milestone_id, device_days.device_uid, windows.center_id
