-- Grain: one row per center: where it stands; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'center_sites') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id']) }} = 1
)

select
    newest.center_id,
    newest.longitude,
    newest.latitude,
    newest.city_area_code,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
