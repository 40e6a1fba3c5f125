-- Asserts: for every card and day, known plus unknown seconds are exactly the able seconds, and lit is part of known.
-- A failing row means: a second was counted twice, or lost.
-- Not about: telemetry outside able time, which is set aside in outside_usable_seconds.
select
    device_days.center_id,
    device_days.device_uid,
    device_days.local_day
from {{ ref('int_utilization__device_days') }} as device_days
where
    device_days.known_seconds + device_days.unknown_seconds <> device_days.able_seconds
    or device_days.unknown_seconds < 0
    or device_days.lit_seconds > device_days.known_seconds
    or device_days.lit_seconds_at_1_pct < device_days.lit_seconds_at_5_pct
