-- Grain: one row per center and model with cards able to run on the last day of the calendar.
with days as (
    select
        center_id,
        local_day,
        day_seconds
    from {{ ref('int_calendar__center_days') }}
    qualify row_number() over (partition by center_id order by local_day desc nulls last) = 1
),

summed as (
    select
        partitions.center_id,
        partitions.model_id,
        days.local_day,
        days.day_seconds,
        {{ integer_sum('partitions.planned_card_seconds + partitions.beyond_plan_card_seconds') }} as able_card_seconds,
        {{
            integer_sum(
                'case when not partitions.is_sold then '
                ~ 'partitions.planned_card_seconds + partitions.beyond_plan_card_seconds end'
            )
        }} as unsold_card_seconds
    from {{ ref('fct_center_day__partition') }} as partitions
    inner join days
        on
            partitions.center_id = days.center_id
            and partitions.local_day = days.local_day
    where partitions.class_group = 'able'
    group by partitions.center_id, partitions.model_id, days.local_day, days.day_seconds
)

select
    summed.center_id,
    summed.model_id,
    coalesce(accelerators.display_name, summed.model_id) as display_name,
    summed.local_day as as_of_on,
    summed.able_card_seconds,
    summed.unsold_card_seconds,
    {{ ratio('summed.able_card_seconds', 'summed.day_seconds') }} as able_cards,
    {{ ratio('summed.unsold_card_seconds', 'summed.day_seconds') }} as unsold_cards,
    {{ ratio('summed.unsold_card_seconds * accelerators.weight_gflops', 'summed.day_seconds * 1000000') }}
        as unsold_pflops
from summed
left join {{ ref('accelerators') }} as accelerators
    on summed.model_id = accelerators.model_id
