-- Grain: one row per center, month and tariff period.
with months as (
    select * from {{ ref('int_costs__energy_months') }}
)

select
    center_id,
    month_start_on,
    tariff_period,
    is_metered,
    is_pue_measured,
    pue,
    it_wh_lower,
    it_wh_upper,
    facility_wh_lower,
    facility_wh_upper,
    cost_lower_cny_fen,
    cost_upper_cny_fen
from months
