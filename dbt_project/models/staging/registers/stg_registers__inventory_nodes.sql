-- Grain: one row per center and node of an inventory that knows no single cards; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'inventory_nodes') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'node_id']) }} = 1
)

select
    newest.center_id,
    newest.node_id,
    newest.model_text,
    newest.card_count,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
