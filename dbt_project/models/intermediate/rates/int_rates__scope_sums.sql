-- Grain: one row per kind of scope, scope, period grain and start of the period, with every part by card and by PFLOPS.
-- A card that two centers claim counts once outside the scope of a center. Counts are those of the period's last day.
{%- set is_last_day = 'in_periods.local_day = coalesce(last_days.last_day, last_days_of_all.last_day)' %}
with model_days as (
    select * from {{ ref('int_rates__model_days') }}
),

accelerators as (
    select
        model_id,
        vendor,
        weight_gflops
    from {{ ref('accelerators') }}
),

centers as (
    select
        center_id,
        province_code
    from {{ ref('stg_registers__centers') }}
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

-- Every day of a center's calendar has a row, also one on which nothing was planned, listed or seen.
day_rows as (
    select
        center_id,
        local_day,
        'none' as model_id,
        'none' as tenant_party_id,
        {% for part in second_parts() + count_parts() %}
            cast(0 as bigint) as {{ part }},
        {% endfor %}
        {% for part in place_parts() %}
            {{ part }},
        {% endfor %}
        false as is_duplicate
    from {{ ref('int_rates__place_days') }}
    union all
    select
        center_id,
        local_day,
        model_id,
        tenant_party_id,
        {% for part in second_parts() + count_parts() %}
            {{ part }},
        {% endfor %}
        {% for part in place_parts() %}
            cast(0 as bigint) as {{ part }},
        {% endfor %}
        is_duplicate
    from model_days
),

placed as (
    select
        day_rows.*,
        accelerators.weight_gflops,
        credited_weights.credited_gflops,
        accelerators.vendor,
        centers.province_code
    from day_rows
    left join accelerators
        on day_rows.model_id = accelerators.model_id
    left join {{ ref('int_rates__credited_weights') }} as credited_weights
        on
            day_rows.center_id = credited_weights.center_id
            and day_rows.model_id = credited_weights.model_id
            and day_rows.local_day >= credited_weights.valid_from_on
            and day_rows.local_day < coalesce(credited_weights.valid_to_on, cast('9999-12-31' as date))
    left join centers
        on day_rows.center_id = centers.center_id
),

scoped as (
    {% for scope_kind, scope_id in [
        ('center', 'center_id'),
        ('all', "'ALL'"),
        ('vendor', 'vendor'),
        ('model', "nullif(model_id, 'none')"),
        ('province', 'cast(province_code as varchar)'),
        ('tenant', "nullif(tenant_party_id, 'none')")
    ] %}
        select
            '{{ scope_kind }}' as scope_kind,
            {{ scope_id }} as scope_id,
            local_day,
            {% for part in second_parts() + count_parts() + place_parts() %}
                {{ part }},
            {% endfor %}
            credited_gflops,
            weight_gflops
        from placed
        where
            {{ scope_id }} is not null
            {% if scope_kind != 'center' %}
                and not is_duplicate
            {% endif %}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

by_day as (
    select
        scope_kind,
        scope_id,
        local_day,
        {% for part in second_parts() + count_parts() %}
            {{ integer_sum(part) }} as {{ part }}_card,
            {{ wide_sum('cast(' ~ part ~ ' as decimal(38, 0)) * weight_gflops') }} as {{ part }}_pflops,
        {% endfor %}
        {% for part in credited_parts() %}
            {{ wide_sum('cast(' ~ part ~ ' as decimal(38, 0)) * credited_gflops') }} as {{ part }}_credited,
        {% endfor %}
        {% for part in place_parts() %}
            {{ integer_sum(part) }} as {{ part }},
        {% endfor %}
        {{ integer_sum('case when weight_gflops is null then able end') }} as unweighted_card
    from scoped
    group by scope_kind, scope_id, local_day
),

in_periods as (
    {% for grain in ['day', 'week', 'month'] %}
        select
            by_day.*,
            '{{ grain }}' as period_grain,
            {% if grain == 'day' %}
                by_day.local_day as period_start_on
            {% else %}
                cast(date_trunc('{{ grain }}', by_day.local_day) as date) as period_start_on
            {% endif %}
        from by_day
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- A scope without rows on the period's last day has nothing at its end: the last day is that of the calendar.
last_days as (
    {% for grain in ['day', 'week', 'month'] %}
        select
            center_id,
            '{{ grain }}' as period_grain,
            {% if grain == 'day' %}
                local_day as period_start_on,
            {% else %}
                cast(date_trunc('{{ grain }}', local_day) as date) as period_start_on,
            {% endif %}
            max(local_day) as last_day,
            cast(count(*) as bigint) as day_count
        from center_days
        group by center_id, period_start_on
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

last_days_of_all as (
    select
        period_grain,
        period_start_on,
        max(last_day) as last_day,
        max(day_count) as day_count
    from last_days
    group by period_grain, period_start_on
)

select
    in_periods.scope_kind,
    in_periods.scope_id,
    in_periods.period_grain,
    in_periods.period_start_on,
    {% for part in second_parts() %}
        {{ integer_sum('in_periods.' ~ part ~ '_card') }} as {{ part }}_card,
        {{ wide_sum('in_periods.' ~ part ~ '_pflops') }} as {{ part }}_pflops,
    {% endfor %}
    {% for part in credited_parts() %}
        {{ wide_sum('in_periods.' ~ part ~ '_credited') }} as {{ part }}_credited,
    {% endfor %}
    {% for part in count_parts() %}
        {{ integer_sum('case when ' ~ is_last_day ~ ' then in_periods.' ~ part ~ '_card end') }} as {{ part }}_card,
        {{ wide_sum('case when ' ~ is_last_day ~ ' then in_periods.' ~ part ~ '_pflops end') }}
            as {{ part }}_pflops,
    {% endfor %}
    {% for part in place_parts() %}
        {{ integer_sum('case when ' ~ is_last_day ~ ' then in_periods.' ~ part ~ ' end') }} as {{ part }},
    {% endfor %}
    {{ integer_sum('in_periods.unweighted_card') }} as unweighted_card
from in_periods
inner join last_days_of_all
    on
        in_periods.period_grain = last_days_of_all.period_grain
        and in_periods.period_start_on = last_days_of_all.period_start_on
left join last_days
    on
        in_periods.scope_kind = 'center'
        and in_periods.scope_id = last_days.center_id
        and in_periods.period_grain = last_days.period_grain
        and in_periods.period_start_on = last_days.period_start_on
group by
    in_periods.scope_kind,
    in_periods.scope_id,
    in_periods.period_grain,
    in_periods.period_start_on
