-- Asserts: the stretches of a card never add up to more than the day they lie in.
-- A failing row means: the sweep lost a midnight.
-- Not about: days that a card joins or leaves, which are shorter.
select
    device_days.center_id,
    device_days.device_uid,
    device_days.local_day,
    device_days.listed_seconds,
    center_days.day_seconds
from {{ ref('int_inventory__device_days') }} as device_days
inner join {{ ref('int_calendar__center_days') }} as center_days
    on
        device_days.center_id = center_days.center_id
        and device_days.local_day = center_days.local_day
where
    device_days.listed_seconds > center_days.day_seconds
    or device_days.able_seconds > device_days.installed_seconds
