-- Grain: one row per link between two parties and span of validity; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'party_links') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['link_id']) }} = 1
)

select
    newest.link_id,
    newest.from_party_id,
    newest.to_party_id,
    newest.link_kind,
    newest.share_bp,
    newest.revision,
    newest.valid_from,
    newest.valid_to,
    newest.confirmed_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
