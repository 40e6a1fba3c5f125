-- Grain: one row per consumer and day of metered use; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'metered_usage') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['usage_id']) }} = 1
)

select
    newest.usage_id,
    newest.center_id,
    newest.consumer_party_id,
    newest.lease_id,
    newest.commitment_id,
    newest.unit,
    newest.quantity_milli,
    newest.quantity_upper_milli,
    newest.revision,
    newest.used_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
