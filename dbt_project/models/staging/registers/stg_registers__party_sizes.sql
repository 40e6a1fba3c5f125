-- Grain: one row per party and day its size was stated; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'party_sizes') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['party_id', 'stated_on']) }} = 1
)

select
    newest.party_id,
    newest.stated_on,
    newest.document,
    newest.insured_headcount,
    newest.customer_count,
    newest.revision,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
