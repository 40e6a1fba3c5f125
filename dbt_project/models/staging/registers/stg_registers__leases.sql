-- Grain: one row per lease; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'leases') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['lease_id']) }} = 1
)

select
    newest.lease_id,
    newest.center_id,
    newest.tenant_party_id,
    newest.commitment_id,
    newest.lease_kind,
    newest.purpose,
    newest.workload_class,
    newest.price_unit,
    newest.firmness,
    newest.unit_price_cny_fen,
    newest.revision,
    newest.signed_on,
    {{ epoch_seconds('newest.starts_at') }} as starts_epoch_seconds,
    {{ epoch_seconds('newest.ends_at') }} as ends_epoch_seconds,
    {{ epoch_seconds('newest.cancelled_at') }} as cancelled_epoch_seconds,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
