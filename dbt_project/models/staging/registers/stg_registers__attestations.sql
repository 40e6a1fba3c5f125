-- Grain: one row per acceptance measurement; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'attestations') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['attestation_id']) }} = 1
)

select
    newest.attestation_id,
    newest.center_id,
    newest.model_id,
    newest.driver,
    newest.document,
    newest.attested_gflops,
    newest.pass_ratio_milli,
    newest.measured_seconds,
    newest.clock_mhz,
    newest.revision,
    newest.attested_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
