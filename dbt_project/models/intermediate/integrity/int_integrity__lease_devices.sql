-- Grain: one row per lease, device and span of allocation that counts: of a card that the center's register names,
-- under a lease that names no more cards than the center has ever had.
with devices as (
    select
        center_id,
        device_uid
    from {{ ref('int_inventory__devices') }}
),

set_aside as (
    select
        lease_id,
        center_id
    from {{ ref('int_integrity__leases_above_capacity') }}
)

select
    lease_devices.lease_id,
    lease_devices.device_uid,
    lease_devices.allocated_from_epoch_seconds,
    lease_devices.center_id,
    lease_devices.revision,
    lease_devices.allocated_to_epoch_seconds,
    lease_devices.source_sha256,
    lease_devices.source_line,
    lease_devices.recorded_at
from {{ ref('stg_registers__lease_devices') }} as lease_devices
inner join devices
    on
        lease_devices.center_id = devices.center_id
        and lease_devices.device_uid = devices.device_uid
left join set_aside
    on
        lease_devices.lease_id = set_aside.lease_id
        and lease_devices.center_id = set_aside.center_id
where set_aside.lease_id is null
