-- Grain: one row per center, model and first day of the terms it is sold on; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'sale_terms') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'model_id', 'valid_from']) }} = 1
)

select
    newest.center_id,
    newest.model_id,
    newest.valid_from,
    newest.dispatch_scope,
    newest.document,
    newest.asking_price_cny_fen,
    newest.revision,
    newest.valid_to,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
