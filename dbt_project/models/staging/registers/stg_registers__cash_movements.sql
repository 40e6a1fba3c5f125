-- Grain: one row per payment made or received; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'cash_movements') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['movement_id']) }} = 1
)

select
    newest.movement_id,
    newest.center_id,
    newest.party_id,
    newest.contract_id,
    newest.lease_id,
    newest.movement_kind,
    newest.document,
    newest.amount_cny_fen,
    newest.revision,
    newest.booked_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
