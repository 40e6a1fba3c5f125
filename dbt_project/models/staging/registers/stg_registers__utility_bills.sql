-- Grain: one row per bill and meter of the grid company; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'utility_bills') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['bill_id']) }} = 1
)

select
    newest.bill_id,
    newest.center_id,
    newest.meter_id,
    newest.tax_basis,
    newest.document,
    newest.energy_kwh_milli as energy_wh,
    newest.sharp_kwh_milli as sharp_wh,
    newest.peak_kwh_milli as peak_wh,
    newest.flat_kwh_milli as flat_wh,
    newest.valley_kwh_milli as valley_wh,
    newest.deep_valley_kwh_milli as deep_valley_wh,
    newest.max_demand_kw_milli as max_demand_w,
    newest.amount_cny_fen,
    newest.energy_charge_cny_fen,
    newest.demand_charge_cny_fen,
    newest.other_charge_cny_fen,
    newest.revision,
    newest.period_start_on,
    newest.period_end_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
