-- Grain: one row per center and local day on which its cluster was seen or a pod is known to have held cards.
with pod_days as (
    select
        center_id,
        local_day,
        {{ integer_sum("case when pod_id = '*' then held_seconds end") }} as seen_seconds,
        {{ integer_sum("case when pod_id <> '*' then 1 end") }} as pod_count,
        {{ integer_sum("case when pod_id <> '*' then held_card_seconds end") }} as pod_allocated_card_seconds
    from {{ ref('int_usage__pod_days') }}
    group by center_id, local_day
),

center_days as (
    select * from {{ ref('int_utilization__center_days') }}
)

select
    pod_days.center_id,
    pod_days.local_day,
    center_days.month_start_on,
    center_days.day_seconds,
    pod_days.seen_seconds,
    pod_days.pod_count,
    pod_days.pod_allocated_card_seconds,
    center_days.allocated_card_seconds as lease_allocated_card_seconds,
    center_days.racked_card_seconds_upper,
    {{ ratio('pod_days.seen_seconds', 'center_days.day_seconds') }} as seen_rate_of_day
from pod_days
inner join center_days
    on
        pod_days.center_id = center_days.center_id
        and pod_days.local_day = center_days.local_day
