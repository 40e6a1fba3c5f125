-- Grain: one row per center and threshold.
with break_evens as (
    select * from {{ ref('int_payback__break_even') }}
)

select
    center_id,
    threshold,
    first_month_on,
    last_month_on,
    planned_card_count,
    planned_card_hours_per_year,
    fixed_opex_cny_fen,
    demand_charge_cny_fen,
    idle_energy_cny_fen,
    capital_charge_cny_fen,
    discount_rate,
    life_years,
    residual_ratio,
    yearly_cost_cny_fen,
    receipt_net_cny_fen,
    sold_card_seconds,
    planned_card_seconds,
    price_cny_fen_per_card_hour,
    energy_cny_fen_per_sold_card_hour,
    earning_capacity_cny_fen,
    break_even_share,
    break_even_reason,
    sold_share_of_plan,
    racked_share_lower,
    racked_share_upper,
    sold_share_of_racked,
    is_above,
    price_needed_cny_fen_per_card_hour
from break_evens
