-- Grain: one row per metric, kind of scope, scope, period grain and start of the period.
with rates as (
    select * from {{ ref('int_rates__period_rates') }}
),

metrics as (
    select
        metric_id,
        basis
    from {{ ref('metrics') }}
)

select
    rates.metric_id,
    rates.scope_kind,
    rates.scope_id,
    rates.period_grain,
    rates.period_start_on,
    rates.period_end_on,
    metrics.basis,
    rates.lower,
    rates.upper,
    rates.observed,
    rates.withheld_reason,
    rates.coverage,
    rates.numerator_lower,
    rates.numerator_upper,
    rates.denominator
from rates
inner join metrics
    on rates.metric_id = metrics.metric_id
