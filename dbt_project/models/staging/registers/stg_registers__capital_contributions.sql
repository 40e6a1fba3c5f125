-- Grain: one row per contribution of another party to what building the center costs; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'capital_contributions') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['contribution_id']) }} = 1
)

select
    newest.contribution_id,
    newest.center_id,
    newest.contributor_party_id,
    newest.contribution_nature,
    newest.document,
    newest.amount_cny_fen,
    newest.revision,
    newest.committed_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
