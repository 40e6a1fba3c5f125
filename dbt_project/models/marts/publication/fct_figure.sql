-- Grain: one row per published figure.
with figures as (
    {{ published_figures(ref('int_figures__utilization')) }}
    union all
    {{ published_figures(ref('int_figures__payback')) }}
    union all
    {{ published_figures(ref('int_figures__offtake')) }}
    union all
    {{ published_figures(ref('int_figures__collection')) }}
    union all
    {{ published_figures(ref('int_figures__energy')) }}
    union all
    {{ published_figures(ref('int_figures__revenue')) }}
    union all
    {{ published_figures(ref('int_figures__ahead')) }}
    union all
    {{ published_figures(ref('int_figures__worth')) }}
    union all
    {{ published_figures(ref('int_figures__subsidy')) }}
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
