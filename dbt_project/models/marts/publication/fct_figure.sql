-- Grain: one row per published figure.
with figures as (
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
    from {{ ref('int_figures__utilization') }}
    union all
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
    from {{ ref('int_figures__payback') }}
    union all
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
    from {{ ref('int_figures__offtake') }}
    union all
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
    from {{ ref('int_figures__collection') }}
    union all
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
    from {{ ref('int_figures__energy') }}
)

select
    figures.figure_id,
    figures.metric_id,
    figures.basis,
    figures.center_id,
    figures.period_grain,
    figures.period_start,
    figures.period_end,
    figures.lower,
    figures.upper,
    figures.observed,
    figures.withheld_reason,
    figures.coverage,
    figures.numerator_lower,
    figures.numerator_upper,
    figures.denominator,
    figures.unit,
    figures.as_of_at,
    figures.definition_version
from figures
