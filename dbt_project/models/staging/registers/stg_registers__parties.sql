-- Grain: one row per legal entity; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'parties') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['party_id']) }} = 1
)

select
    newest.party_id,
    newest.party_name_zh,
    newest.party_name_en,
    newest.party_kind,
    newest.revision,
    newest.registered_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
