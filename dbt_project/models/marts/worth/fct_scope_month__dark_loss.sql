-- Grain: one row per scope (a center, or ALL), month and price basis; what was lost to the dark, between two bounds.
with causes as (
    select * from {{ ref('fct_scope_period__dark_cost') }}
    where period_grain = 'month'
),

summed as (
    select
        scope_id,
        period_start_on as month_start_on,
        price_basis,
        max(day_count) as day_count,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('unpriced_card_seconds') }} as unpriced_card_seconds,
        {{ integer_sum('value_cny_fen') }} as plan_value_cny_fen,
        {{ integer_sum("case when loss_kind = 'none' then value_cny_fen else 0 end") }} as working_cny_fen,
        {{ integer_sum("case when loss_kind = 'paid_by_tenant' then value_cny_fen else 0 end") }}
            as paid_by_tenant_cny_fen,
        {{ integer_sum("case when loss_kind = 'lost' then value_cny_fen else 0 end") }} as lost_cny_fen_lower,
        {{ integer_sum("case when loss_kind in ('lost', 'unknown') then value_cny_fen else 0 end") }}
            as lost_cny_fen_upper
    from causes
    group by scope_id, period_start_on, price_basis
)

select
    scope_id,
    month_start_on,
    price_basis,
    day_count,
    planned_card_seconds,
    unpriced_card_seconds,
    plan_value_cny_fen,
    working_cny_fen,
    paid_by_tenant_cny_fen,
    lost_cny_fen_lower,
    lost_cny_fen_upper,
    cast(round({{ ratio('lost_cny_fen_lower', 'day_count') }}) as bigint) as lost_per_day_cny_fen_lower,
    cast(round({{ ratio('lost_cny_fen_upper', 'day_count') }}) as bigint) as lost_per_day_cny_fen_upper,
    {{ ratio('lost_cny_fen_lower', 'plan_value_cny_fen') }} as lost_share_of_plan_value_lower,
    {{ ratio('lost_cny_fen_upper', 'plan_value_cny_fen') }} as lost_share_of_plan_value_upper,
    case
        when plan_value_cny_fen = 0 then 'no_price_known'
        when unpriced_card_seconds > 0 then 'part_without_price'
    end as price_reason
from summed
