-- Grain: one row per center and threshold.
with break_evens as (
    select * from {{ ref('int_payback__break_even') }}
),

-- What break-even does not take, beside what it takes: capex as contracted, and energy as priced hour by hour.
inputs as (
    select
        inputs.center_id,
        inputs.capex_cny_fen as capex_paid_cny_fen,
        capex.gross_cny_fen as capex_contracted_cny_fen,
        inputs.tariff_cny_per_kwh_milli / cast(10 as double) as agreed_cny_fen_per_kwh
    from {{ ref('int_payback__break_even_inputs') }} as inputs
    left join {{ ref('int_costs__center_capex') }} as capex
        on inputs.center_id = capex.center_id
),

hours as (
    select
        energy_months.center_id,
        {{ ratio(
            'cast(sum(energy_months.cost_lower_cny_fen) as double) * 1000', 'sum(energy_months.facility_wh_lower)'
        ) }} as hourly_cny_fen_per_kwh
    from {{ ref('int_costs__energy_months') }} as energy_months
    inner join {{ ref('int_payback__trailing_years') }} as years
        on
            energy_months.center_id = years.center_id
            and energy_months.month_start_on >= years.first_month_on
            and energy_months.month_start_on <= years.last_month_on
    group by energy_months.center_id
)

select
    break_evens.center_id,
    break_evens.threshold,
    break_evens.first_month_on,
    break_evens.last_month_on,
    break_evens.planned_card_count,
    break_evens.planned_card_hours_per_year,
    break_evens.fixed_opex_cny_fen,
    break_evens.demand_charge_cny_fen,
    break_evens.idle_energy_cny_fen,
    break_evens.capital_charge_cny_fen,
    break_evens.discount_rate,
    break_evens.life_years,
    break_evens.residual_ratio,
    break_evens.yearly_cost_cny_fen,
    break_evens.receipt_net_cny_fen,
    break_evens.sold_card_seconds,
    break_evens.planned_card_seconds,
    break_evens.price_cny_fen_per_card_hour,
    break_evens.energy_cny_fen_per_sold_card_hour,
    break_evens.earning_capacity_cny_fen,
    break_evens.break_even_share,
    break_evens.break_even_reason,
    break_evens.sold_share_of_plan,
    break_evens.racked_share_lower,
    break_evens.racked_share_upper,
    break_evens.sold_share_of_racked,
    break_evens.is_above,
    break_evens.price_needed_cny_fen_per_card_hour,
    inputs.capex_paid_cny_fen,
    inputs.capex_contracted_cny_fen,
    inputs.agreed_cny_fen_per_kwh,
    hours.hourly_cny_fen_per_kwh
from break_evens
left join inputs
    on break_evens.center_id = inputs.center_id
left join hours
    on break_evens.center_id = hours.center_id
