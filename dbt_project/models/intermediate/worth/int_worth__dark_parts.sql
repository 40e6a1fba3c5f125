-- Grain: one row per center, model and local day: what its planned card time was worth, and what of it was lost.
-- At the price billed here, net of tax. The lower bound is lost for certain, the upper one adds what nobody saw.
with cause_days as (
    select
        cause_days.center_id,
        cause_days.model_id,
        cause_days.local_day,
        cause_days.value_cny_fen,
        causes.loss_kind
    from {{ ref('int_worth__cause_day_values') }} as cause_days
    inner join {{ ref('dark_causes') }} as causes
        on cause_days.cause_id = causes.cause_id
    where cause_days.price_basis = 'billed_here'
)

select
    center_id,
    model_id,
    local_day,
    {{ integer_sum("case when loss_kind = 'lost' then value_cny_fen else 0 end") }} as lost_cny_fen_lower,
    {{ integer_sum("case when loss_kind in ('lost', 'unknown') then value_cny_fen else 0 end") }}
        as lost_cny_fen_upper,
    {{ integer_sum('value_cny_fen') }} as plan_value_cny_fen
from cause_days
group by center_id, model_id, local_day
