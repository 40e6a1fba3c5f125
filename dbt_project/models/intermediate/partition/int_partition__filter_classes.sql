-- Grain: one row per center, kind of filter, filter, period grain (day, month), start of the period and class.
{%- set filters = [
    ('cabinet', 'cabinet_id'),
    ('cluster', 'cluster_id'),
    ('tenant', 'tenant_party_id'),
    ('model', 'model_id'),
    ('vendor', "coalesce(vendor, 'unknown')")
] %}
with place_days as (
    select
        place_days.*,
        accelerators.vendor
    from {{ ref('int_partition__place_days') }} as place_days
    left join {{ ref('accelerators') }} as accelerators
        on place_days.model_id = accelerators.model_id
),

filtered as (
    {% for filter_kind, filter_id in filters %}
        select
            center_id,
            '{{ filter_kind }}' as filter_kind,
            {{ filter_id }} as filter_id,
            local_day,
            class_id,
            {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
            {{ integer_sum('beyond_plan_card_seconds') }} as beyond_plan_card_seconds
        from place_days
        group by center_id, {{ filter_id }}, local_day, class_id
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

in_periods as (
    select
        filtered.*,
        'day' as period_grain,
        filtered.local_day as period_start_on
    from filtered
    union all
    select
        filtered.*,
        'month' as period_grain,
        {{ month_start('filtered.local_day') }} as period_start_on
    from filtered
),

summed as (
    select
        center_id,
        filter_kind,
        filter_id,
        period_grain,
        period_start_on,
        class_id,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('beyond_plan_card_seconds') }} as beyond_plan_card_seconds
    from in_periods
    group by center_id, filter_kind, filter_id, period_grain, period_start_on, class_id
)

select
    summed.center_id,
    summed.filter_kind,
    summed.filter_id,
    summed.period_grain,
    summed.period_start_on,
    summed.class_id,
    summed.planned_card_seconds,
    summed.beyond_plan_card_seconds,
    cast(
        sum(summed.planned_card_seconds) over (
            partition by
                summed.center_id, summed.filter_kind, summed.filter_id, summed.period_grain, summed.period_start_on
        ) as bigint
    ) as plan_card_seconds
from summed
