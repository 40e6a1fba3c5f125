-- Grain: one row per lease and day from which its charges hold; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'lease_terms') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['lease_id', 'valid_from']) }} = 1
)

select
    newest.lease_id,
    newest.center_id,
    newest.billing_mode,
    newest.recognition,
    newest.tax_basis,
    newest.document,
    newest.machine_count,
    newest.unit_price_cny_fen,
    newest.minimum_quantity_milli,
    newest.rollover_share_milli,
    newest.overage_price_cny_fen,
    newest.input_price_cny_fen,
    newest.cached_input_price_cny_fen,
    newest.output_price_cny_fen,
    newest.pass_through_share_milli,
    newest.vat_rate_milli,
    newest.revision,
    newest.valid_from as valid_from_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
