-- Grain: one row per center, complete month and tariff period.
with months as (
    select energy_months.*
    from {{ ref('int_costs__energy_months') }} as energy_months
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            energy_months.center_id = clock.center_id
            and energy_months.month_start_on < clock.as_of_month_on
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
