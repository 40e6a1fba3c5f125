-- Grain: one row per center and local day with a job or a count of nodes.
with job_days as (
    select
        center_id,
        local_day,
        {{ integer_sum('occupied_card_seconds') }} as occupied_card_seconds,
        cast(count(*) as bigint) as job_count
    from {{ ref('int_occupancy__job_days') }}
    group by center_id, local_day
),

node_days as (
    select * from {{ ref('int_occupancy__node_days') }}
),

spine as (
    select
        center_id,
        local_day
    from job_days
    union
    select
        center_id,
        local_day
    from node_days
)

select
    spine.center_id,
    spine.local_day,
    coalesce(job_days.occupied_card_seconds, 0) as occupied_card_seconds,
    coalesce(job_days.job_count, 0) as job_count,
    coalesce(node_days.counted_seconds, 0) as counted_seconds,
    coalesce(node_days.active_node_seconds, 0) as active_node_seconds,
    coalesce(node_days.total_node_seconds, 0) as total_node_seconds,
    coalesce(node_days.total_node_seconds, 0) as counted_node_seconds,
    {{ ratio('coalesce(node_days.active_node_seconds, 0)', 'coalesce(node_days.total_node_seconds, 0)') }}
        as active_rate_of_nodes
from spine
left join job_days
    on
        spine.center_id = job_days.center_id
        and spine.local_day = job_days.local_day
left join node_days
    on
        spine.center_id = node_days.center_id
        and spine.local_day = node_days.local_day
