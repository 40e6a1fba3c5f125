-- Grain: one row per claim for money of a subsidy; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'subsidy_claims') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['claim_id']) }} = 1
)

select
    newest.claim_id,
    newest.programme_id,
    newest.center_id,
    newest.claimant_party_id,
    newest.supplier_party_id,
    newest.buyer_party_id,
    newest.document,
    newest.claimed_cny_fen,
    newest.revision,
    newest.claimed_on,
    newest.period_from,
    newest.period_to,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
