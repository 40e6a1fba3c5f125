-- Grain: one row per center and day from which its power terms hold; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'power_terms') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['center_id', 'valid_from']) }} = 1
)

select
    newest.center_id,
    newest.document,
    newest.tariff_cny_per_kwh_milli,
    newest.pue_milli,
    newest.demand_charge_cny_per_kw_month_fen as demand_charge_cny_fen_per_kw_month,
    newest.contracted_demand_w,
    newest.it_idle_w,
    newest.it_full_w,
    newest.it_card_count,
    newest.revision,
    newest.valid_from as valid_from_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
