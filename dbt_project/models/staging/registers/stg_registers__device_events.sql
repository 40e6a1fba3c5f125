-- Grain: one row per change of state of a device, by event id; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'device_events') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['event_id']) }} = 1
)

select
    newest.event_id,
    newest.center_id,
    newest.model_id,
    newest.server_id,
    newest.slot_id,
    newest.device_uid,
    newest.state,
    newest.serial,
    newest.document,
    newest.revision,
    {{ epoch_seconds('newest.occurred_at') }} as occurred_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
