-- Grain: one row per cabinet; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'cabinets') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['cabinet_id']) }} = 1
)

select
    newest.cabinet_id,
    newest.center_id,
    newest.room,
    newest.u_count,
    newest.contracted_w,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
