-- Grain: one row per center, model of its plan and price basis; what one planned card-hour is worth on that basis.
with planned as (
    select
        center_id,
        model_id
    from {{ ref('int_utilization__plan_days') }}
    group by center_id, model_id
),

market as (
    select
        model_id,
        min(price_net_cny_fen_milli) as price_net_cny_fen_milli
    from {{ ref('int_market__prices') }}
    where price_kind = 'lease'
    group by model_id
)

select
    planned.center_id,
    planned.model_id,
    'billed_here' as price_basis,
    rents.price_net_cny_fen_milli_per_card_hour as price_cny_fen_milli_per_card_hour
from planned
left join {{ ref('int_worth__model_rents') }} as rents
    on
        planned.center_id = rents.center_id
        and planned.model_id = rents.model_id
union all
select
    planned.center_id,
    planned.model_id,
    'market' as price_basis,
    market.price_net_cny_fen_milli as price_cny_fen_milli_per_card_hour
from planned
left join market
    on planned.model_id = market.model_id
