-- Grain: one row per server; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'servers') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['server_id']) }} = 1
)

select
    newest.server_id,
    newest.center_id,
    newest.cabinet_id,
    newest.host_name,
    newest.u_height,
    newest.nameplate_w,
    newest.idle_w,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
