-- Grain: one row per center and threshold; the share of planned card-time that must be racked and sold.
with inputs as (
    select
        inputs.*,
        inputs.price_cny_fen_per_card_hour - inputs.energy_cny_fen_per_sold_card_hour
            as margin_cny_fen_per_card_hour,
        inputs.planned_card_count * cast(8760 as bigint) as planned_card_hours_per_year
    from {{ ref('int_payback__break_even_inputs') }} as inputs
),

costs as (
    select
        inputs.*,
        thresholds.threshold,
        case thresholds.threshold
            when 'cash' then 0
            when 'accounting' then inputs.depreciation_cny_fen
            when 'payback_in_life' then inputs.capex_per_year_cny_fen
            when 'full_cost' then inputs.annuity_cny_fen
        end as capital_charge_cny_fen
    from inputs
    cross join
        (values ('cash'), ('accounting'), ('payback_in_life'), ('full_cost')) as thresholds (threshold)
),

earned as (
    select
        costs.*,
        costs.fixed_cost_cny_fen + costs.capital_charge_cny_fen as yearly_cost_cny_fen,
        cast(
            round(costs.planned_card_hours_per_year * costs.margin_cny_fen_per_card_hour) as bigint
        ) as earning_capacity_cny_fen,
        {{ ratio('costs.sold_card_seconds', 'costs.planned_card_seconds') }} as sold_share_of_plan
    from costs
),

judged as (
    select
        earned.*,
        coalesce(
            earned.withheld_reason,
            case when earned.margin_cny_fen_per_card_hour <= 0 then 'price_below_energy' end
        ) as break_even_reason,
        round({{ ratio('earned.yearly_cost_cny_fen', 'earned.earning_capacity_cny_fen') }}, 6) as break_even_ratio
    from earned
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
    case when break_even_reason is null then break_even_ratio end as break_even_share,
    case
        when break_even_reason is not null then break_even_reason
        when break_even_ratio > 1 then 'not_reachable_at_this_price'
    end as break_even_reason,
    sold_share_of_plan,
    {{ ratio('racked_card_seconds_lower', 'planned_card_seconds') }} as racked_share_lower,
    {{ ratio('racked_card_seconds_upper', 'planned_card_seconds') }} as racked_share_upper,
    {{ ratio('sold_card_seconds', 'racked_card_seconds_upper') }} as sold_share_of_racked,
    case
        when break_even_reason is not null then null
        else sold_share_of_plan >= break_even_ratio
    end as is_above,
    case
        when withheld_reason is null and sold_share_of_plan > 0
            then
                yearly_cost_cny_fen / (planned_card_hours_per_year * sold_share_of_plan)
                + energy_cny_fen_per_sold_card_hour
    end as price_needed_cny_fen_per_card_hour
from judged
