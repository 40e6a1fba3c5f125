-- Grain: one row per center and model it ever had a card of; what its servers cost per card, as paid, tax included.
with cards as (
    select
        center_id,
        model_id,
        cast(count(*) as bigint) as card_count
    from {{ ref('int_inventory__devices') }}
    where first_present_epoch_seconds is not null
    group by center_id, model_id
),

paid as (
    select
        movements.center_id,
        {{ integer_sum('movements.amount_cny_fen') }} as server_capex_cny_fen
    from {{ ref('stg_registers__cash_movements') }} as movements
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            movements.center_id = clock.center_id
            and movements.booked_on <= clock.as_of_on
    where movements.movement_kind = 'capex_servers'
    group by movements.center_id
),

new_prices as (
    select
        model_id,
        min(price_with_tax_cny_fen) as new_card_cny_fen
    from {{ ref('int_market__prices') }}
    where price_kind = 'new_card'
    group by model_id
),

-- A supply contract names one sum; where a center has several models, prices of new cards say how it divides.
weighed as (
    select
        cards.center_id,
        cards.model_id,
        cards.card_count,
        paid.server_capex_cny_fen,
        count(*) over (partition by cards.center_id) as model_count,
        count(new_prices.new_card_cny_fen) over (partition by cards.center_id) as priced_model_count,
        cards.card_count * coalesce(new_prices.new_card_cny_fen, 1) as weight,
        sum(cards.card_count * coalesce(new_prices.new_card_cny_fen, 1)) over (partition by cards.center_id)
            as center_weight
    from cards
    left join paid
        on cards.center_id = paid.center_id
    left join new_prices
        on cards.model_id = new_prices.model_id
)

select
    center_id,
    model_id,
    card_count,
    server_capex_cny_fen as center_server_capex_cny_fen,
    case
        when model_count = 1 or priced_model_count = model_count
            then {{ ratio('server_capex_cny_fen', 'card_count') }} * weight / center_weight
    end as card_cost_cny_fen,
    case
        when coalesce(server_capex_cny_fen, 0) = 0 then 'no_server_capex'
        when model_count > 1 and priced_model_count < model_count then 'cost_by_model_unknown'
    end as cost_reason
from weighed
