-- Grain: one row per center and local day with a count of nodes; a count is held like a sample, two intervals at most.
with centers as (
    select
        center_id,
        time_zone,
        telemetry_interval_seconds
    from {{ ref('int_calendar__centers') }}
),

counts as (
    select
        node_counts.center_id,
        node_counts.active_node_count,
        node_counts.total_node_count,
        centers.time_zone,
        node_counts.counted_epoch_seconds as held_from,
        least(
            lead(node_counts.counted_epoch_seconds) over (
                partition by node_counts.center_id
                order by node_counts.counted_epoch_seconds nulls last
            ),
            node_counts.counted_epoch_seconds
            + cast({{ policy_number('lit_hold_factor') }} * centers.telemetry_interval_seconds as bigint)
        ) as held_to_or_null,
        node_counts.counted_epoch_seconds
        + cast({{ policy_number('lit_hold_factor') }} * centers.telemetry_interval_seconds as bigint) as latest_held_to
    from {{ ref('stg_registers__node_counts') }} as node_counts
    inner join centers
        on node_counts.center_id = centers.center_id
),

held as (
    select
        counts.center_id,
        counts.active_node_count,
        counts.total_node_count,
        counts.held_from,
        coalesce(counts.held_to_or_null, counts.latest_held_to) as held_to,
        {{ local_date('counts.held_from', 'counts.time_zone') }} as first_day
    from counts
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

-- No hold is as long as a day: a count reaches its own day and at most the next.
cut as (
    select
        held.center_id,
        center_days.local_day,
        held.active_node_count,
        held.total_node_count,
        least(held.held_to, center_days.day_end_epoch_seconds)
        - greatest(held.held_from, center_days.day_start_epoch_seconds) as counted_seconds
    from held
    inner join center_days
        on
            held.center_id = center_days.center_id
            and held.first_day = center_days.local_day
    union all
    select
        held.center_id,
        center_days.local_day,
        held.active_node_count,
        held.total_node_count,
        held.held_to - center_days.day_start_epoch_seconds as counted_seconds
    from held
    inner join center_days
        on
            held.center_id = center_days.center_id
            and {{ add_days('held.first_day', 1) }} = center_days.local_day
            and held.held_to > center_days.day_start_epoch_seconds
)

select
    cut.center_id,
    cut.local_day,
    {{ integer_sum('cut.counted_seconds') }} as counted_seconds,
    {{ integer_sum('cut.counted_seconds * cut.active_node_count') }} as active_node_seconds,
    {{ integer_sum('cut.counted_seconds * cut.total_node_count') }} as total_node_seconds,
    max(cut.active_node_count) as peak_active_node_count
from cut
group by cut.center_id, cut.local_day
