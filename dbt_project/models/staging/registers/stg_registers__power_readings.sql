-- Grain: one row per center, meter, instant and way of reading; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'power_readings') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'meter_id', 'read_at', 'source_method']) }} = 1
)

select
    newest.center_id,
    newest.meter_id,
    newest.source_method,
    newest.meter_scope,
    newest.server_id as server_name,
    newest.cabinet_id,
    newest.power_w_milli as power_milliwatts,
    newest.energy_wh,
    newest.total_wh,
    newest.revision,
    newest.is_powered,
    newest.read_at,
    {{ epoch_seconds('newest.started_at') }} as started_epoch_seconds,
    {{ epoch_seconds('newest.read_at') }} as read_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
