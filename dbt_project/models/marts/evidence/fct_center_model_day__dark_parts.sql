-- Grain: one row per center, model and local day: what its planned card time was worth, and what of it was lost.
select
    center_id,
    model_id,
    local_day,
    lost_cny_fen_lower,
    lost_cny_fen_upper,
    plan_value_cny_fen
from {{ ref('int_worth__dark_parts') }}
