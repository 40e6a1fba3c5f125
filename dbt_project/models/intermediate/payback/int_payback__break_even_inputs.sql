-- Grain: one row per center; what a year costs whatever is sold, what a card-hour brings, and what the money costs.
with trailing_years as (
    select * from {{ ref('int_payback__trailing_years') }}
),

terms as (
    select power_terms.*
    from {{ ref('stg_registers__power_terms') }} as power_terms
    inner join trailing_years
        on
            power_terms.center_id = trailing_years.center_id
            and power_terms.valid_from_on < trailing_years.end_on
    qualify
        row_number() over (
            partition by power_terms.center_id
            order by power_terms.valid_from_on desc nulls last
        ) = 1
),

-- A kilowatt-hour of the servers costs tariff x PUE: milli-yuan times thousandths, so 10 ^ -4 fen.
energy as (
    select
        center_id,
        tariff_cny_per_kwh_milli,
        pue_milli,
        it_idle_w,
        it_full_w,
        it_card_count,
        cast(tariff_cny_per_kwh_milli as double) * pue_milli / 10000 as it_kwh_cny_fen,
        cast(
            round(
                cast(contracted_demand_w as double) / 1000 * demand_charge_cny_fen_per_kw_month * 12
            ) as bigint
        ) as demand_charge_cny_fen,
        cast(
            round(
                cast(it_idle_w as double) / 1000 * 8760 * tariff_cny_per_kwh_milli * pue_milli / 10000
            ) as bigint
        ) as idle_energy_cny_fen
    from terms
),

money as (
    select
        {{ policy_number('economics_wacc_rate') }} as discount_rate,
        {{ policy_number('economics_life_years') }} as life_years,
        {{ policy_number('economics_residual_ratio') }} as residual_ratio,
        {{ policy_number('vat_service_rate') }} as vat_rate,
        {{ policy_number('break_even_lit_per_sold_ratio') }} as lit_per_sold_ratio
)

select
    trailing_years.center_id,
    trailing_years.first_month_on,
    trailing_years.last_month_on,
    trailing_years.planned_card_count,
    trailing_years.planned_card_seconds,
    trailing_years.racked_card_seconds_lower,
    trailing_years.racked_card_seconds_upper,
    trailing_years.sold_card_seconds,
    trailing_years.capex_cny_fen,
    trailing_years.fixed_opex_cny_fen,
    energy.demand_charge_cny_fen,
    energy.idle_energy_cny_fen,
    energy.tariff_cny_per_kwh_milli,
    trailing_years.fixed_opex_cny_fen + energy.demand_charge_cny_fen + energy.idle_energy_cny_fen
        as fixed_cost_cny_fen,
    cast(round(trailing_years.receipt_cny_fen / (1 + money.vat_rate)) as bigint) as receipt_net_cny_fen,
    {{ ratio('trailing_years.receipt_cny_fen / (1 + money.vat_rate) * 3600', 'trailing_years.sold_card_seconds') }}
        as price_cny_fen_per_card_hour,
    {{ ratio(
        'cast(energy.it_full_w - energy.it_idle_w as double) / 1000 * energy.it_kwh_cny_fen',
        'energy.it_card_count'
    ) }} * money.lit_per_sold_ratio as energy_cny_fen_per_sold_card_hour,
    cast(
        round(trailing_years.capex_cny_fen * (1 - money.residual_ratio) / money.life_years) as bigint
    ) as depreciation_cny_fen,
    cast(round(trailing_years.capex_cny_fen / money.life_years) as bigint) as capex_per_year_cny_fen,
    -- The even yearly payment whose present value, with that of the residual, is the capex.
    cast(
        round(
            trailing_years.capex_cny_fen
            * (1 - money.residual_ratio / power(1 + money.discount_rate, money.life_years))
            * money.discount_rate
            / (1 - power(1 + money.discount_rate, -money.life_years))
        ) as bigint
    ) as annuity_cny_fen,
    money.discount_rate,
    money.life_years,
    money.residual_ratio,
    case
        when trailing_years.operating_month_count < 12 then 'not_enough_months'
        when coalesce(trailing_years.planned_card_count, 0) = 0 then 'no_plan'
        when energy.center_id is null then 'no_power_terms'
        when trailing_years.capex_cny_fen <= 0 then 'no_capex'
        when trailing_years.receipt_cny_fen <= 0 or trailing_years.sold_card_seconds <= 0 then 'no_receipts'
    end as withheld_reason
from trailing_years
left join energy
    on trailing_years.center_id = energy.center_id
cross join money
