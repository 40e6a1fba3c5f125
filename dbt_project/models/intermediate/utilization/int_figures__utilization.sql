-- Grain: one row per figure: a utilization metric of one center, or of all (ALL), in one day, week or month.
-- Of weeks only what the weekly report prints, of days nothing of sold time; other weeks, days and scopes stay in the
-- long fact: what is published is registered for good.
with rates as (
    select * from {{ ref('int_rates__period_rates') }}
    where
        scope_kind in ('center', 'all')
        and (
            period_grain = 'month'
            or (
                period_grain = 'day'
                and metric_id not in (
                    'lit_of_sold', 'lit_of_sold_pflops', 'lit_business_of_sold', 'lit_external_of_sold'
                )
            )
            or (
                period_grain = 'week'
                and metric_id in (
                    'racked_device_avg', 'racked_device_due_point', 'lit_of_racked', 'lit_of_available', 'lit_on_plan'
                )
            )
        )
),

metrics as (
    select
        metric_id,
        basis,
        unit,
        definition_version
    from {{ ref('metrics') }}
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
)

select
    rates.metric_id || '/' || rates.scope_id || '/' || rates.period_grain || '/'
    || cast(rates.period_start_on as string) as figure_id,
    rates.metric_id,
    metrics.basis,
    nullif(rates.scope_id, 'ALL') as center_id,
    rates.period_grain,
    rates.period_start_on as period_start,
    rates.period_end_on as period_end,
    rates.lower,
    rates.upper,
    rates.observed,
    rates.withheld_reason,
    rates.coverage,
    rates.numerator_lower,
    rates.numerator_upper,
    rates.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from rates
inner join metrics
    on rates.metric_id = metrics.metric_id
cross join build
