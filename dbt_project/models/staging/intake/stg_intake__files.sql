-- Grain: one row per file received, by its sha256.
select
    files.source_sha256,
    files.file_id,
    files.center_id,
    files.original_name,
    files.format_name,
    files.refusal_code,
    files.byte_count,
    files.rows_in,
    files.rows_accepted,
    files.rows_quarantined,
    files.recorded_at
from {{ source('raw', 'files') }} as files
inner join {{ source('raw', 'build') }} as build
    on files.recorded_at <= build.as_of_at
