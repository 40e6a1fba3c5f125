-- Grain: one row per center; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'centers') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id']) }} = 1
)

select
    newest.center_id,
    newest.operator_party_id,
    newest.center_name_zh,
    newest.center_name_en,
    newest.city_zh,
    newest.city_en,
    newest.center_level,
    newest.time_zone,
    newest.province_code,
    newest.telemetry_interval_seconds,
    newest.revision,
    newest.opened_on,
    newest.acceptance_start_on,
    newest.acceptance_end_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
