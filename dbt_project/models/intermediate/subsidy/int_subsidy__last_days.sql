-- Grain: one row per center: the last local day of which readings are known, which a state of the center is shown for.
select
    center_id,
    coalesce(max(case when known_card_seconds > 0 then local_day end), max(local_day)) as last_day
from {{ ref('int_utilization__center_days') }}
group by center_id
