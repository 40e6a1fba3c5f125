-- Grain: one row per center, model, local day, price basis and cause; its share of the value of the day's plan, in fen.
with cause_days as (
    select
        cause_days.*,
        causes.cause_order
    from {{ ref('int_worth__cause_days') }} as cause_days
    inner join {{ ref('dark_causes') }} as causes
        on cause_days.cause_id = causes.cause_id
),

prices as (
    select * from {{ ref('int_worth__planned_prices') }}
),

-- Differences of running totals in the order of the causes, so that the fen of a day add up to the value of its plan.
running as (
    select
        cause_days.*,
        prices.price_basis,
        prices.price_cny_fen_milli_per_card_hour,
        {{ wide('sum(cause_days.planned_card_seconds) over in_order') }} as until_card_seconds
    from cause_days
    inner join prices
        on
            cause_days.center_id = prices.center_id
            and cause_days.model_id = prices.model_id
    window
        in_order as (
            partition by cause_days.center_id, cause_days.model_id, cause_days.local_day, prices.price_basis
            order by cause_days.cause_order nulls last
            rows between unbounded preceding and current row
        )
)

select
    center_id,
    model_id,
    local_day,
    price_basis,
    cause_id,
    planned_card_seconds,
    case when price_cny_fen_milli_per_card_hour is null then planned_card_seconds else 0 end as unpriced_card_seconds,
    coalesce(
        {{ whole_division('until_card_seconds * price_cny_fen_milli_per_card_hour', '3600000') }}
        - {{ whole_division(
            '(until_card_seconds - planned_card_seconds) * price_cny_fen_milli_per_card_hour', '3600000'
        ) }},
        0
    ) as value_cny_fen
from running
