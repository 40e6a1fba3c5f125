-- Grain: one row per center, device, UTC clock hour and local day with samples of the whole card.
with hour_traits as (
    select * from {{ source('raw', 'device_hour_traits') }}
),

devices as (
    select
        device_key,
        device_uid
    from {{ source('raw', 'devices') }}
)

select
    hour_traits.center_id,
    devices.device_uid,
    hour_traits.sample_count,
    hour_traits.busy_count,
    hour_traits.busy_bp_sum,
    hour_traits.busy_bp_square_sum,
    hour_traits.power_count,
    hour_traits.power_dw_sum,
    hour_traits.power_dw_square_sum,
    hour_traits.tensor_count,
    hour_traits.tensor_bp_sum,
    hour_traits.dram_count,
    hour_traits.dram_bp_sum,
    hour_traits.series_hash,
    hour_traits.power_shape_1_dw,
    hour_traits.power_shape_2_dw,
    hour_traits.power_shape_3_dw,
    hour_traits.power_shape_4_dw,
    hour_traits.power_shape_5_dw,
    hour_traits.power_shape_6_dw,
    hour_traits.power_shape_7_dw,
    hour_traits.power_shape_8_dw,
    hour_traits.local_day,
    {{ epoch_seconds('hour_traits.hour_start_at') }} as hour_start_epoch_seconds
from hour_traits
inner join devices
    on hour_traits.device_key = devices.device_key
