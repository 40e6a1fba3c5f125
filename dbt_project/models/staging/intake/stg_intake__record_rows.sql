-- Grain: one row per record kind, file, line and key that an accepted line says something of, every revision.
select
    record_rows.record_kind,
    record_rows.source_sha256,
    record_rows.source_line,
    record_rows.row_key,
    record_rows.center_id,
    record_rows.device_uid,
    record_rows.revision,
    record_rows.content_hash,
    record_rows.recorded_at
from {{ source('raw', 'record_rows') }} as record_rows
inner join {{ source('raw', 'build') }} as build
    on record_rows.recorded_at <= build.as_of_at
