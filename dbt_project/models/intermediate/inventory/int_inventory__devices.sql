-- Grain: one row per center and device that its register has ever named; the model is that of its latest event.
with device_states as (
    select * from {{ ref('int_inventory__device_states') }}
),

present_spans as (
    select
        center_id,
        device_uid,
        min(valid_from_epoch_seconds) as first_present_epoch_seconds,
        max(valid_to_epoch_seconds) as last_present_epoch_seconds
    from device_states
    where is_installed or is_commissioned or state = 'rma_out'
    group by center_id, device_uid
)

select
    device_states.center_id,
    device_states.device_uid,
    device_states.model_id,
    present_spans.first_present_epoch_seconds,
    present_spans.last_present_epoch_seconds
from device_states
left join present_spans
    on
        device_states.center_id = present_spans.center_id
        and device_states.device_uid = present_spans.device_uid
where device_states.is_current
