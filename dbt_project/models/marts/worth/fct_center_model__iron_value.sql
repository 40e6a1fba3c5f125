-- Grain: one row per center and model of cards it has.
with iron as (
    select * from {{ ref('int_worth__iron') }}
),

models as (
    select
        model_id,
        display_name
    from {{ ref('accelerators') }}
)

select
    iron.center_id,
    iron.model_id,
    coalesce(models.display_name, iron.model_id) as model_name,
    iron.card_count,
    {{ ratio('iron.age_card_months', 'iron.card_count') }} as age_months,
    iron.cost_cny_fen,
    iron.book_value_cny_fen,
    iron.decayed_value_cny_fen,
    iron.used_card_cny_fen,
    iron.market_value_cny_fen,
    iron.market_value_basis,
    iron.liquidation_value_cny_fen,
    iron.billed_3_months_cny_fen,
    iron.sold_3_months_card_seconds,
    iron.monthly_margin_cny_fen,
    iron.discount_rate,
    iron.lease_value_cny_fen,
    iron.value_reason,
    iron.lease_value_cny_fen - iron.liquidation_value_cny_fen as lease_less_sale_cny_fen,
    case
        when iron.lease_value_cny_fen is null or iron.liquidation_value_cny_fen is null then null
        when iron.lease_value_cny_fen >= iron.liquidation_value_cny_fen then 'lease'
        else 'sell'
    end as better_use
from iron
left join models
    on iron.model_id = models.model_id
