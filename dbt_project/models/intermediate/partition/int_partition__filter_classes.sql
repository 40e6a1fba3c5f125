-- Grain: one row per center (or ALL), kind of filter, filter, period grain (day, month), start of the period and class.
-- Of ALL the filters are provinces, centers, tenants, models, vendors, and none: each kind adds up to all plans.
{%- set vendor = "coalesce(vendor, 'unknown')" %}
{%- set province = "coalesce(cast(province_code as varchar), 'unknown')" %}
{%- set filters = [
    ('center_id', 'cabinet', 'cabinet_id'),
    ('center_id', 'cluster', 'cluster_id'),
    ('center_id', 'tenant', 'tenant_party_id'),
    ('center_id', 'model', 'model_id'),
    ('center_id', 'vendor', vendor),
    ("'ALL'", 'all', "'ALL'"),
    ("'ALL'", 'province', province),
    ("'ALL'", 'center', 'center_id'),
    ("'ALL'", 'tenant', 'tenant_party_id'),
    ("'ALL'", 'model', 'model_id'),
    ("'ALL'", 'vendor', vendor)
] %}
with place_days as (
    select
        place_days.*,
        accelerators.vendor,
        centers.province_code
    from {{ ref('int_partition__place_days') }} as place_days
    left join {{ ref('accelerators') }} as accelerators
        on place_days.model_id = accelerators.model_id
    left join {{ ref('stg_registers__centers') }} as centers
        on place_days.center_id = centers.center_id
),

filtered as (
    {% for scope, filter_kind, filter_id in filters %}
        select
            {{ scope }} as scope_id,
            '{{ filter_kind }}' as filter_kind,
            {{ filter_id }} as filter_id,
            local_day,
            class_id,
            {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
            {{ integer_sum('beyond_plan_card_seconds') }} as beyond_plan_card_seconds
        from place_days
        group by {{ scope }}, {{ filter_id }}, local_day, class_id
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
        scope_id,
        filter_kind,
        filter_id,
        period_grain,
        period_start_on,
        class_id,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('beyond_plan_card_seconds') }} as beyond_plan_card_seconds
    from in_periods
    group by scope_id, filter_kind, filter_id, period_grain, period_start_on, class_id
)

select
    summed.scope_id as center_id,
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
                summed.scope_id, summed.filter_kind, summed.filter_id, summed.period_grain, summed.period_start_on
        ) as bigint
    ) as plan_card_seconds
from summed
