-- Grain: one row per center, pod (or `*`, the cluster itself) and local day.
with spans as (
    select
        spans.center_id,
        spans.pod_id,
        spans.card_count,
        spans.from_epoch_seconds,
        spans.to_epoch_seconds,
        {{ local_date('spans.from_epoch_seconds', 'centers.time_zone') }} as first_day,
        {{ local_date('spans.to_epoch_seconds - 1', 'centers.time_zone') }} as last_day
    from {{ ref('int_usage__pod_spans') }} as spans
    inner join {{ ref('int_calendar__centers') }} as centers
        on spans.center_id = centers.center_id
    where spans.to_epoch_seconds > spans.from_epoch_seconds
),

touched as (
    select
        spans.*,
        {{ date_spine_days('spans.first_day', 'spans.last_day') }} as spine_day
    from spans
),

cut as (
    select
        touched.center_id,
        touched.pod_id,
        touched.card_count,
        center_days.local_day,
        least(touched.to_epoch_seconds, center_days.day_end_epoch_seconds)
        - greatest(touched.from_epoch_seconds, center_days.day_start_epoch_seconds) as held_seconds
    from touched
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            touched.center_id = center_days.center_id
            and cast(touched.spine_day as date) = center_days.local_day
)

select
    cut.center_id,
    cut.pod_id,
    cut.local_day,
    {{ integer_sum('cut.held_seconds') }} as held_seconds,
    {{ integer_sum('cut.held_seconds * cut.card_count') }} as held_card_seconds
from cut
group by cut.center_id, cut.pod_id, cut.local_day
