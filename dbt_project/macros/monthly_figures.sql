{#
    Figures of months from their parts: one row per metric, scope (a center, or ALL) and month in `measures`, with
    metric_id, scope_id, month_start_on, numerator_lower, numerator_upper, denominator, withheld_reason and coverage.
    A figure is observed where nothing withholds it; then its bounds are one.
#}
{% macro monthly_figures(measures) %}
    select
        measures.metric_id || '/' || measures.scope_id || '/month/' || cast(measures.month_start_on as string)
            as figure_id,
        measures.metric_id,
        metrics.basis,
        nullif(measures.scope_id, 'ALL') as center_id,
        'month' as period_grain,
        measures.month_start_on as period_start,
        {{ add_months('measures.month_start_on', 1) }} as period_end,
        {{ ratio('measures.numerator_lower', 'measures.denominator') }} as lower,
        {{ ratio('measures.numerator_upper', 'measures.denominator') }} as upper,
        case
            when measures.withheld_reason is null
                then {{ ratio('measures.numerator_upper', 'measures.denominator') }}
        end as observed,
        measures.withheld_reason,
        measures.coverage,
        measures.numerator_lower,
        measures.numerator_upper,
        measures.denominator,
        metrics.unit,
        build.as_of_at,
        metrics.definition_version
    from {{ measures }} as measures
    inner join {{ ref('metrics') }} as metrics
        on measures.metric_id = metrics.metric_id
    cross join {{ ref('stg_intake__build') }} as build
{% endmacro %}
