-- Grain: one row per center, device, UTC clock hour and local day with samples of the whole card.
-- What kind of load the hour shows: means and deviations, and the highest share of the span from idle to full power
-- that its power can be. Where the idle power of a model is not known it is taken as zero, which is that highest share.
with alias_hours as (
    select
        center_id,
        named_device_uid,
        hour_start_epoch_seconds,
        device_uid,
        reason_code
    from {{ ref('int_identity__alias_hours') }}
),

own_hours as (
    select
        hour_traits.center_id,
        coalesce(alias_hours.device_uid, hour_traits.device_uid) as device_uid,
        hour_traits.local_day,
        hour_traits.hour_start_epoch_seconds,
        hour_traits.sample_count,
        hour_traits.busy_count,
        hour_traits.power_count,
        hour_traits.series_hash,
        {% for number in range(1, 9) %}
            hour_traits.power_shape_{{ number }}_dw,
        {% endfor %}
        {{ ratio('hour_traits.busy_bp_sum', 'hour_traits.busy_count * 100') }} as busy_pct,
        {{ ratio('hour_traits.busy_bp_square_sum', 'hour_traits.busy_count * 10000') }} as busy_pct_square,
        {{ ratio('hour_traits.power_dw_sum', 'hour_traits.power_count * 10') }} as power_w,
        {{ ratio('hour_traits.power_dw_square_sum', 'hour_traits.power_count * 100') }} as power_w_square,
        {{ ratio('hour_traits.tensor_bp_sum', 'hour_traits.tensor_count * 100') }} as tensor_pct,
        {{ ratio('hour_traits.dram_bp_sum', 'hour_traits.dram_count * 100') }} as dram_pct
    from {{ ref('stg_telemetry__hour_traits') }} as hour_traits
    left join alias_hours
        on
            hour_traits.center_id = alias_hours.center_id
            and hour_traits.device_uid = alias_hours.named_device_uid
            and hour_traits.hour_start_epoch_seconds = alias_hours.hour_start_epoch_seconds
    where alias_hours.reason_code is null
    -- A card that is told under two names in one hour is told by the longer one.
    qualify row_number() over (
        partition by
            hour_traits.center_id,
            coalesce(alias_hours.device_uid, hour_traits.device_uid),
            hour_traits.hour_start_epoch_seconds,
            hour_traits.local_day
        order by hour_traits.sample_count desc nulls last, hour_traits.device_uid asc nulls last
    ) = 1
),

devices as (
    select
        inventory.center_id,
        inventory.device_uid,
        inventory.model_id,
        accelerators.idle_w,
        accelerators.tdp_w
    from {{ ref('int_inventory__devices') }} as inventory
    left join {{ ref('accelerators') }} as accelerators
        on inventory.model_id = accelerators.model_id
),

states as (
    select
        center_id,
        device_uid,
        server_id,
        is_able,
        is_commissioned,
        valid_from_epoch_seconds,
        valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
)

select
    own_hours.center_id,
    own_hours.device_uid,
    devices.model_id,
    states.server_id,
    coalesce(states.is_able and states.is_commissioned, false) as is_in_service,
    own_hours.local_day,
    own_hours.hour_start_epoch_seconds,
    own_hours.sample_count,
    own_hours.busy_pct,
    sqrt(greatest(own_hours.busy_pct_square - own_hours.busy_pct * own_hours.busy_pct, 0)) as busy_sd_pp,
    own_hours.power_w,
    sqrt(greatest(own_hours.power_w_square - own_hours.power_w * own_hours.power_w, 0))
    / nullif(own_hours.power_w, 0) as power_sd_ratio,
    greatest(own_hours.power_w - coalesce(devices.idle_w, 0), 0)
    / nullif(devices.tdp_w - coalesce(devices.idle_w, 0), 0) as power_ratio_upper,
    own_hours.tensor_pct,
    own_hours.dram_pct,
    own_hours.power_count,
    {% for number in range(1, 9) %}
        own_hours.power_shape_{{ number }}_dw,
    {% endfor %}
    own_hours.series_hash
from own_hours
left join devices
    on
        own_hours.center_id = devices.center_id
        and own_hours.device_uid = devices.device_uid
left join states
    on
        own_hours.center_id = states.center_id
        and own_hours.device_uid = states.device_uid
        and own_hours.hour_start_epoch_seconds >= states.valid_from_epoch_seconds
        and own_hours.hour_start_epoch_seconds < states.valid_to_epoch_seconds
