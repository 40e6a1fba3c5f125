-- Grain: one row per province, first day, season and span of hours of a price of power; the row in force as of build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'tariffs') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['province_code', 'valid_from', 'first_month', 'from_hour']) }} = 1
)

select
    newest.tariff_period,
    newest.tax_basis,
    newest.document,
    newest.province_code,
    newest.first_month,
    newest.last_month,
    newest.from_hour,
    newest.to_hour,
    newest.price_cny_per_kwh_milli,
    newest.vat_rate_milli,
    newest.revision,
    newest.valid_from as valid_from_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
