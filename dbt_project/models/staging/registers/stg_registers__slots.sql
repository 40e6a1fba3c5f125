-- Grain: one row per card position; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'slots') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['slot_id']) }} = 1
)

select
    newest.slot_id,
    newest.center_id,
    newest.server_id,
    newest.board_position,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
