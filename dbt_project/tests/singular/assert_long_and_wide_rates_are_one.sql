-- Asserts: a rate of the long fact is, to the last integer, made of the parts that the wide marts of centers show.
-- A failing row means: one metric has two definitions.
-- Not about: bases that only the long fact has.
with long_parts as (
    select
        metric_id,
        scope_id,
        period_grain,
        period_start_on,
        numerator_lower,
        numerator_upper,
        denominator
    from {{ ref('int_rates__period_rates') }}
    where scope_kind in ('center', 'all') and period_grain in ('day', 'month')
),

wide as (
    select * from {{ ref('int_utilization__period_sums') }}
),

wide_parts as (
    {% for metric_id, lower, upper, denominator in [
        ('racked_device_avg', 'racked_card_seconds_lower', 'racked_card_seconds_upper', 'planned_card_seconds'),
        ('racked_device_point', 'racked_card_count_at_day_end_lower', 'racked_card_count_at_day_end_upper', 'planned_card_count'),
        ('racked_pflops_avg', 'racked_gflops_seconds_lower', 'racked_gflops_seconds_upper', 'planned_gflops_seconds'),
        ('lit_of_racked', 'lit_card_seconds_lower', 'lit_card_seconds_upper', 'racked_card_seconds_upper'),
        ('lit_on_plan', 'lit_card_seconds_lower', 'lit_card_seconds_upper', 'planned_card_seconds'),
        ('lit_of_racked_pflops', 'lit_gflops_seconds_lower', 'lit_gflops_seconds_upper', 'racked_gflops_seconds_upper'),
        ('sold_of_racked', 'sold_card_seconds', 'sold_card_seconds', 'racked_card_seconds_upper'),
        ('coverage_of_racked', 'known_card_seconds', 'known_card_seconds', 'racked_card_seconds_upper')
    ] %}
        select
            '{{ metric_id }}' as metric_id,
            scope_id,
            period_grain,
            period_start_on,
            {{ lower }} as numerator_lower,
            {{ upper }} as numerator_upper,
            {{ denominator }} as denominator
        from wide
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    wide_parts.metric_id,
    wide_parts.scope_id,
    wide_parts.period_grain,
    wide_parts.period_start_on,
    wide_parts.numerator_lower,
    long_parts.numerator_lower as long_numerator_lower,
    wide_parts.numerator_upper,
    long_parts.numerator_upper as long_numerator_upper,
    wide_parts.denominator,
    long_parts.denominator as long_denominator
from wide_parts
left join long_parts
    on
        wide_parts.metric_id = long_parts.metric_id
        and wide_parts.scope_id = long_parts.scope_id
        and wide_parts.period_grain = long_parts.period_grain
        and wide_parts.period_start_on = long_parts.period_start_on
where
    (wide_parts.metric_id <> 'lit_of_racked_pflops' or wide_parts.period_grain = 'month')
    and (
        long_parts.metric_id is null
        or wide_parts.numerator_lower <> long_parts.numerator_lower
        or wide_parts.numerator_upper <> long_parts.numerator_upper
        or wide_parts.denominator <> long_parts.denominator
    )
