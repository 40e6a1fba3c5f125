-- Grain: one row per center and model of cards it has; book, market and liquidation value against leasing them on.
with cards as (
    select * from {{ ref('int_worth__cards') }}
),

terms as (
    select
        {{ policy_number('economics_wacc_rate') }} as discount_rate,
        {{ policy_number('liquidation_cost_ratio') }} as liquidation_cost_ratio
),

-- What one fen a month until the end of life is worth today, card by card; the residual comes with the last of them.
summed as (
    select
        cards.center_id,
        cards.model_id,
        terms.discount_rate,
        terms.liquidation_cost_ratio,
        max(cards.cost_reason) as cost_reason,
        cast(count(*) as bigint) as card_count,
        {{ integer_sum('cards.age_months') }} as age_card_months,
        cast(round(sum(cards.card_cost_cny_fen)) as bigint) as cost_cny_fen,
        cast(round(sum(cards.book_value_cny_fen)) as bigint) as book_value_cny_fen,
        cast(round(sum(cards.decayed_value_cny_fen)) as bigint) as decayed_value_cny_fen,
        sum(
            (1 - power(1 + terms.discount_rate, -cards.months_left / cast(12 as double)))
            / (power(1 + terms.discount_rate, 1 / cast(12 as double)) - 1)
        ) as annuity_card_months,
        sum(
            cards.residual_value_cny_fen
            / power(1 + terms.discount_rate, cards.months_left / cast(12 as double))
        ) as residual_today_cny_fen
    from cards
    cross join terms
    group by cards.center_id, cards.model_id, terms.discount_rate, terms.liquidation_cost_ratio
),

used_prices as (
    select
        model_id,
        min(price_with_tax_cny_fen) as used_card_cny_fen
    from {{ ref('int_market__prices') }}
    where price_kind = 'used_card'
    group by model_id
),

rented as (
    select
        summed.*,
        used_prices.used_card_cny_fen,
        coalesce(rents.billed_3_months_cny_fen, 0) as billed_3_months_cny_fen,
        coalesce(rents.sold_3_months_card_seconds, 0) as sold_3_months_card_seconds,
        inputs.energy_cny_fen_per_sold_card_hour,
        coalesce(summed.card_count * used_prices.used_card_cny_fen, summed.decayed_value_cny_fen)
            as market_value_cny_fen
    from summed
    left join used_prices
        on summed.model_id = used_prices.model_id
    left join {{ ref('int_worth__model_rents') }} as rents
        on
            summed.center_id = rents.center_id
            and summed.model_id = rents.model_id
    left join {{ ref('int_payback__break_even_inputs') }} as inputs
        on summed.center_id = inputs.center_id
),

monthly as (
    select
        rented.*,
        cast(round(rented.market_value_cny_fen * (1 - rented.liquidation_cost_ratio)) as bigint)
            as liquidation_value_cny_fen,
        case
            when rented.sold_3_months_card_seconds = 0 then 0
            else cast(
                round(
                    rented.billed_3_months_cny_fen / cast(3 as double)
                    - rented.energy_cny_fen_per_sold_card_hour * rented.sold_3_months_card_seconds / 10800
                ) as bigint
            )
        end as monthly_margin_cny_fen
    from rented
)

select
    center_id,
    model_id,
    card_count,
    age_card_months,
    cost_cny_fen,
    book_value_cny_fen,
    decayed_value_cny_fen,
    used_card_cny_fen,
    market_value_cny_fen,
    case when used_card_cny_fen is null then 'decay' else 'quoted' end as market_value_basis,
    liquidation_value_cny_fen,
    billed_3_months_cny_fen,
    sold_3_months_card_seconds,
    monthly_margin_cny_fen,
    discount_rate,
    cast(
        round(monthly_margin_cny_fen * annuity_card_months / card_count + residual_today_cny_fen) as bigint
    ) as lease_value_cny_fen,
    case
        when cost_reason is not null then cost_reason
        when monthly_margin_cny_fen is null then 'no_power_terms'
    end as value_reason
from monthly
