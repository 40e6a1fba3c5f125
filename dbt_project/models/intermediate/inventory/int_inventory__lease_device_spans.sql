-- Grain: one row per lease, device and start of allocation: the span allocated and, inside the lease, the span sold.
-- Cards of the first hand-over are sold from the lease's start even when handed over late; cards that join later
-- (a replacement, an extension) only from their own hand-over.
with leases as (
    select
        lease_id,
        starts_epoch_seconds,
        least(ends_epoch_seconds, coalesce(cancelled_epoch_seconds, ends_epoch_seconds)) as in_force_to_epoch_seconds
    from {{ ref('stg_registers__leases') }}
),

as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

lease_devices as (
    select
        lease_devices.lease_id,
        lease_devices.center_id,
        lease_devices.device_uid,
        lease_devices.allocated_from_epoch_seconds,
        coalesce(lease_devices.allocated_to_epoch_seconds, as_of.as_of_epoch_seconds) as allocated_to_epoch_seconds,
        min(lease_devices.allocated_from_epoch_seconds) over (
            partition by lease_devices.lease_id
        ) as first_hand_over_epoch_seconds
    from {{ ref('int_integrity__lease_devices') }} as lease_devices
    cross join as_of
)

select
    lease_devices.lease_id,
    cast(dense_rank() over (order by lease_devices.lease_id nulls last) as bigint) as lease_no,
    lease_devices.center_id,
    lease_devices.device_uid,
    lease_devices.allocated_from_epoch_seconds,
    lease_devices.allocated_to_epoch_seconds,
    case
        when lease_devices.allocated_from_epoch_seconds = lease_devices.first_hand_over_epoch_seconds
            then leases.starts_epoch_seconds
        else greatest(leases.starts_epoch_seconds, lease_devices.allocated_from_epoch_seconds)
    end as sold_from_epoch_seconds,
    least(leases.in_force_to_epoch_seconds, lease_devices.allocated_to_epoch_seconds) as sold_to_epoch_seconds
from lease_devices
left join leases
    on lease_devices.lease_id = leases.lease_id
