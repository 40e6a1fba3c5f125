-- Grain: one row per center, model, local day, class and tenant; every planned card-second is in exactly one of them.
select
    place_days.center_id,
    place_days.model_id,
    place_days.local_day,
    place_days.class_id,
    place_days.tenant_party_id,
    {{ integer_sum('place_days.planned_card_seconds') }} as planned_card_seconds,
    {{ integer_sum('place_days.beyond_plan_card_seconds') }} as beyond_plan_card_seconds
from {{ ref('int_partition__place_days') }} as place_days
group by
    place_days.center_id,
    place_days.model_id,
    place_days.local_day,
    place_days.class_id,
    place_days.tenant_party_id
