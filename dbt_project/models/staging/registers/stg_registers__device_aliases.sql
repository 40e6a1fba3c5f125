-- Grain: one row per name of a device and span in which telemetry uses it; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'device_aliases') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['alias_id']) }} = 1
)

select
    newest.alias_id,
    newest.center_id,
    newest.device_uid,
    newest.alias_kind,
    newest.alias_value,
    newest.revision,
    {{ epoch_seconds('newest.valid_from') }} as valid_from_epoch_seconds,
    {{ epoch_seconds('newest.valid_to') }} as valid_to_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
