-- Grain: one row per center, device and local day, for days no samples are sent for; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'device_days') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'device_uid', 'local_day']) }} = 1
)

select
    newest.device_uid,
    newest.local_day,
    newest.center_id,
    newest.evidence_class,
    newest.known_seconds,
    newest.util_0_1_seconds,
    newest.util_1_5_seconds,
    newest.util_5_10_seconds,
    newest.util_10_20_seconds,
    newest.util_20_50_seconds,
    newest.util_50_80_seconds,
    newest.util_80_100_seconds,
    newest.energy_wh,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
