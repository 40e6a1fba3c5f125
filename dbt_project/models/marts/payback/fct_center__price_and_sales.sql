-- Grain: one row per center, price in steps of 10 % of today's, and sold share of plan in steps of 10 %.
with inputs as (
    select * from {{ ref('int_payback__break_even') }}
    where threshold = 'accounting' and earning_capacity_cny_fen is not null
),

numbers as (
    {{ whole_numbers_below_1000() }}
)

select
    inputs.center_id,
    cast(prices.number * 1000 as integer) as price_bp,
    cast(shares.number * 1000 as integer) as sold_share_bp,
    inputs.price_cny_fen_per_card_hour * prices.number / 10 as price_cny_fen_per_card_hour,
    cast(
        round(
            inputs.planned_card_hours_per_year
            * shares.number
            / cast(10 as double)
            * (
                inputs.price_cny_fen_per_card_hour * prices.number / 10
                - inputs.energy_cny_fen_per_sold_card_hour
            )
        ) as bigint
    )
    - inputs.fixed_opex_cny_fen
    - inputs.demand_charge_cny_fen
    - inputs.idle_energy_cny_fen as yearly_cash_cny_fen
from inputs
inner join numbers as prices
    on prices.number between 5 and 15
inner join numbers as shares
    on shares.number between 1 and 10
