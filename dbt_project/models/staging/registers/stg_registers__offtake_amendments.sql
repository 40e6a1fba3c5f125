-- Grain: one row per commitment and amendment of its terms; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'offtake_amendments') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['commitment_id', 'version_no']) }} = 1
)

select
    newest.commitment_id,
    newest.version_no,
    newest.committed_quantity_milli,
    newest.floor_price_cny_fen,
    newest.related_take,
    newest.self_use,
    newest.sub_lease,
    newest.related_cap_bp,
    newest.credit_cap_bp,
    newest.credit_expiry_periods,
    newest.availability_floor_bp,
    newest.due_days,
    newest.cure_days,
    newest.late_interest_bp,
    newest.document,
    newest.revision,
    newest.valid_from,
    newest.valid_to,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
