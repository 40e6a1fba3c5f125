-- Grain: one row per device event that counts: of a registered center, and not contradicted.
with centers as (
    select center_id from {{ ref('stg_registers__centers') }}
),

set_aside as (
    select event_id from {{ ref('int_integrity__set_aside_events') }}
)

select
    device_events.event_id,
    device_events.center_id,
    device_events.model_id,
    device_events.server_id,
    device_events.slot_id,
    device_events.device_uid,
    device_events.state,
    device_events.serial,
    device_events.document,
    device_events.revision,
    device_events.occurred_epoch_seconds,
    device_events.source_sha256,
    device_events.source_line,
    device_events.recorded_at
from {{ ref('stg_registers__device_events') }} as device_events
inner join centers
    on device_events.center_id = centers.center_id
left join set_aside
    on device_events.event_id = set_aside.event_id
where set_aside.event_id is null
