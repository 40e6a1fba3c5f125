-- Grain: one row per contract, invoice, serial or paper that a claim rests on; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'subsidy_claim_items') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['claim_id', 'item_kind', 'item_ref']) }} = 1
)

select
    newest.claim_id,
    newest.item_kind,
    newest.item_ref,
    newest.revision,
    newest.dated_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
