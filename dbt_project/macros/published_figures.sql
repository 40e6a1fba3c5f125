{#
    The columns of a published figure, read from one model of figures in the types of `fct_figure`.
#}
{% macro published_figures(model) %}
    select
        figure_id,
        metric_id,
        basis,
        center_id,
        period_grain,
        period_start,
        period_end,
        cast(lower as double) as lower,
        cast(upper as double) as upper,
        cast(observed as double) as observed,
        withheld_reason,
        cast(coverage as double) as coverage,
        cast(numerator_lower as decimal(38, 0)) as numerator_lower,
        cast(numerator_upper as decimal(38, 0)) as numerator_upper,
        cast(denominator as decimal(38, 0)) as denominator,
        unit,
        as_of_at,
        definition_version
    from {{ model }}
{% endmacro %}
