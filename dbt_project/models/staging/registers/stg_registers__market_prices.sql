-- Grain: one row per quoted price of an accelerator model; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'market_prices') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['price_id']) }} = 1
)

select
    newest.price_id,
    newest.model_id,
    newest.price_kind,
    newest.tax_basis,
    newest.quoted_by,
    newest.lease_term_months,
    newest.price_cny_fen,
    newest.revision,
    newest.valid_from as valid_from_on,
    newest.valid_to as valid_to_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
