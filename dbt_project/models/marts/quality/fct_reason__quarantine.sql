-- Grain: one row per center (empty where the file names none) and reason code of rejected lines.
with quarantine as (
    select * from {{ ref('stg_intake__quarantine') }}
),

files as (
    select
        source_sha256,
        center_id
    from {{ ref('stg_intake__files') }}
)

select
    coalesce(files.center_id, '') as center_id,
    quarantine.reason_code,
    cast(count(*) as bigint) as row_count,
    cast(count(distinct quarantine.source_sha256) as bigint) as file_count,
    min(quarantine.recorded_at) as first_recorded_at,
    max(quarantine.recorded_at) as last_recorded_at
from quarantine
left join files
    on quarantine.source_sha256 = files.source_sha256
group by coalesce(files.center_id, ''), quarantine.reason_code
