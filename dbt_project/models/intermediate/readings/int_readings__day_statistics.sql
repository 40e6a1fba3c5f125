-- Grain: one row per center, device and local day with readings: what other definitions would make of them.
-- A daily row tells bins and not utilization: between the edges of its bins lies the truth.
with telemetry_days as (
    select * from {{ ref('int_utilization__telemetry_device_days') }}
),

device_days as (
    select device_days.*
    from {{ ref('int_identity__device_days') }} as device_days
    left join telemetry_days
        on
            device_days.center_id = telemetry_days.center_id
            and device_days.device_uid = telemetry_days.device_uid
            and device_days.local_day = telemetry_days.local_day
    where
        telemetry_days.device_uid is null
        and device_days.evidence_class <> 'D'
)

select
    telemetry_days.center_id,
    telemetry_days.device_uid,
    telemetry_days.local_day,
    telemetry_days.known_seconds,
    telemetry_days.busy_bp_seconds as busy_bp_seconds_lower,
    telemetry_days.busy_bp_seconds as busy_bp_seconds_upper,
    telemetry_days.above_zero_seconds as above_zero_seconds_lower,
    telemetry_days.above_zero_seconds as above_zero_seconds_upper,
    telemetry_days.known_seconds - telemetry_days.util_0_1_seconds as at_1_pct_seconds,
    telemetry_days.util_10_20_seconds + telemetry_days.util_20_50_seconds
    + telemetry_days.util_50_80_seconds + telemetry_days.util_80_100_seconds as at_10_pct_seconds,
    telemetry_days.util_20_50_seconds + telemetry_days.util_50_80_seconds
    + telemetry_days.util_80_100_seconds as at_20_pct_seconds
from telemetry_days
where telemetry_days.known_seconds > 0
union all
select
    device_days.center_id,
    device_days.device_uid,
    device_days.local_day,
    device_days.known_seconds,
    100 * device_days.util_1_5_seconds + 500 * device_days.util_5_10_seconds
    + 1000 * device_days.util_10_20_seconds + 2000 * device_days.util_20_50_seconds
    + 5000 * device_days.util_50_80_seconds + 8000 * device_days.util_80_100_seconds as busy_bp_seconds_lower,
    100 * device_days.util_0_1_seconds + 500 * device_days.util_1_5_seconds
    + 1000 * device_days.util_5_10_seconds + 2000 * device_days.util_10_20_seconds
    + 5000 * device_days.util_20_50_seconds + 8000 * device_days.util_50_80_seconds
    + 10000 * device_days.util_80_100_seconds as busy_bp_seconds_upper,
    device_days.known_seconds - device_days.util_0_1_seconds as above_zero_seconds_lower,
    device_days.known_seconds as above_zero_seconds_upper,
    device_days.known_seconds - device_days.util_0_1_seconds as at_1_pct_seconds,
    device_days.util_10_20_seconds + device_days.util_20_50_seconds
    + device_days.util_50_80_seconds + device_days.util_80_100_seconds as at_10_pct_seconds,
    device_days.util_20_50_seconds + device_days.util_50_80_seconds
    + device_days.util_80_100_seconds as at_20_pct_seconds
from device_days
where device_days.known_seconds > 0
