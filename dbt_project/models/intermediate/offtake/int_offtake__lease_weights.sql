-- Grain: one row per lease with cards of known weight: the lightest and the heaviest of them.
with lease_devices as (
    select
        lease_id,
        center_id,
        device_uid
    from {{ ref('stg_registers__lease_devices') }}
),

devices as (
    select
        center_id,
        device_uid,
        model_id
    from {{ ref('int_inventory__devices') }}
),

weights as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
    where weight_gflops > 0
)

select
    lease_devices.lease_id,
    min(weights.weight_gflops) as weight_gflops_lower,
    max(weights.weight_gflops) as weight_gflops_upper
from lease_devices
inner join devices
    on
        lease_devices.center_id = devices.center_id
        and lease_devices.device_uid = devices.device_uid
inner join weights
    on devices.model_id = weights.model_id
group by lease_devices.lease_id
