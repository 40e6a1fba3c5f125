-- Grain: one row per device event whose state has the card installed while another center's register has it too.
with device_states as (
    select
        event_id,
        center_id,
        device_uid,
        valid_from_epoch_seconds,
        valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
    where is_installed
),

device_events as (
    select
        event_id,
        source_sha256,
        source_line
    from {{ ref('int_integrity__device_events') }}
),

collisions as (
    select
        own.event_id,
        own.center_id,
        own.device_uid,
        other.event_id as other_event_id,
        other.center_id as other_center_id
    from device_states as own
    inner join device_states as other
        on
            own.device_uid = other.device_uid
            and own.center_id <> other.center_id
            and own.valid_from_epoch_seconds < other.valid_to_epoch_seconds
            and own.valid_to_epoch_seconds > other.valid_from_epoch_seconds
    qualify row_number() over (
        partition by own.event_id
        order by other.valid_from_epoch_seconds nulls last, other.event_id nulls last
    ) = 1
)

select
    collisions.event_id,
    collisions.center_id,
    collisions.device_uid,
    collisions.other_center_id,
    own_rows.source_sha256,
    own_rows.source_line,
    other_rows.source_sha256 as other_source_sha256,
    other_rows.source_line as other_source_line
from collisions
inner join device_events as own_rows
    on collisions.event_id = own_rows.event_id
inner join device_events as other_rows
    on collisions.other_event_id = other_rows.event_id
