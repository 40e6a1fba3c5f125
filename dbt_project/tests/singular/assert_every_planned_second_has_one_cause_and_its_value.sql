-- Asserts that the causes of a day add up to the planned card-seconds, and their fen to the value of the plan.
-- A failing row is a center, model and day where something is counted twice, or nowhere, or rounded away.
-- Not about which cause is the right one.
with plan_days as (
    select
        plan_days.center_id,
        plan_days.model_id,
        plan_days.local_day,
        prices.price_basis,
        plan_days.planned_card_seconds,
        coalesce(
            {{ whole_division(
                wide('plan_days.planned_card_seconds') ~ ' * prices.price_cny_fen_milli_per_card_hour', '3600000'
            ) }},
            0
        ) as value_cny_fen
    from {{ ref('int_utilization__plan_days') }} as plan_days
    inner join {{ ref('int_worth__planned_prices') }} as prices
        on
            plan_days.center_id = prices.center_id
            and plan_days.model_id = prices.model_id
),

causes as (
    select
        center_id,
        model_id,
        local_day,
        price_basis,
        sum(planned_card_seconds) as planned_card_seconds,
        sum(value_cny_fen) as value_cny_fen
    from {{ ref('int_worth__cause_day_values') }}
    group by center_id, model_id, local_day, price_basis
)

select
    plan_days.*,
    causes.planned_card_seconds as caused_card_seconds,
    causes.value_cny_fen as caused_value_cny_fen
from plan_days
left join causes
    on
        plan_days.center_id = causes.center_id
        and plan_days.model_id = causes.model_id
        and plan_days.local_day = causes.local_day
        and plan_days.price_basis = causes.price_basis
where
    plan_days.planned_card_seconds is distinct from causes.planned_card_seconds
    or plan_days.value_cny_fen is distinct from causes.value_cny_fen
