-- Grain: one row per device key.
select
    devices.device_key,
    devices.device_uid
from {{ source('raw', 'devices') }} as devices
