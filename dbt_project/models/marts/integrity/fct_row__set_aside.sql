-- Grain: one row per record kind, file, row key, reason and number, of what only other files could judge.
with set_aside_rows as (
    select * from {{ ref('int_integrity__set_aside_rows') }}
),

files as (
    select
        source_sha256,
        original_name,
        recorded_at
    from {{ ref('stg_intake__files') }}
)

select
    set_aside_rows.record_kind,
    set_aside_rows.source_sha256,
    set_aside_rows.source_line,
    set_aside_rows.row_key,
    set_aside_rows.reason_code,
    set_aside_rows.row_no,
    set_aside_rows.standing,
    set_aside_rows.center_id,
    set_aside_rows.device_uid,
    set_aside_rows.utc_day,
    set_aside_rows.row_count,
    set_aside_rows.detail,
    files.original_name,
    set_aside_rows.other_source_sha256,
    set_aside_rows.other_source_line,
    other_files.original_name as other_original_name,
    files.recorded_at
from set_aside_rows
left join files
    on set_aside_rows.source_sha256 = files.source_sha256
left join files as other_files
    on set_aside_rows.other_source_sha256 = other_files.source_sha256
