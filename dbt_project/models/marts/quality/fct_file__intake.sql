-- Grain: one row per file received.
with files as (
    select * from {{ ref('stg_intake__files') }}
)

select
    files.source_sha256,
    files.original_name,
    files.format_name,
    files.center_id,
    files.refusal_code,
    files.byte_count,
    files.rows_in,
    files.rows_accepted,
    files.rows_quarantined,
    files.recorded_at
from files
