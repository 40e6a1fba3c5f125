-- Grain: one row per file and kind of what became of its accepted rows: how many the manifest promises.
select
    lake_rows.source_sha256,
    lake_rows.record_kind,
    lake_rows.row_count
from {{ source('raw', 'lake_rows') }} as lake_rows
inner join {{ source('raw', 'files') }} as files
    on lake_rows.source_sha256 = files.source_sha256
inner join {{ source('raw', 'build') }} as build
    on files.recorded_at <= build.as_of_at
