-- Grain: one row per center and month with energy measured in any way.
with months as (
    select * from {{ ref('int_energy__center_months') }}
)

select
    months.center_id,
    months.month_start_on,
    months.device_energy_wh,
    months.device_known_seconds,
    months.device_expected_seconds,
    months.machine_meter_scope,
    months.machine_energy_wh,
    months.machine_known_seconds,
    months.machine_expected_seconds,
    months.machine_known_rate_of_expected,
    months.facility_meter_scope,
    months.facility_energy_wh,
    months.facility_known_seconds,
    months.facility_expected_seconds,
    months.facility_known_rate_of_expected,
    months.bill_with_tax_fen,
    months.bill_without_tax_fen,
    months.bill_sharp_wh,
    months.bill_peak_wh,
    months.bill_flat_wh,
    months.bill_valley_wh,
    months.bill_deep_valley_wh,
    months.lit_card_seconds_lower,
    months.lit_card_seconds_upper,
    months.bill_cny_per_lit_card_hour_lower,
    months.bill_cny_per_lit_card_hour_upper,
    months.pue_withheld_reason,
    months.pue_upper,
    months.pue,
    months.is_facility_below_machines
from months
