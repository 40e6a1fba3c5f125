-- Grain: one row per payback figure of a center, as of the build; the project's own money, without subsidy.
with paybacks as (
    select * from {{ ref('int_payback__center_paybacks') }}
    where
        view = 'project'
        and subsidy = 'without'
        and flow_basis = 'run_rate_t12m'
),

clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
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
),

measures as (
    select
        'payback_months_run_rate_t12m' as metric_id,
        center_id,
        payback_months as measure,
        payback_reason as withheld_reason,
        case when capex_cny_fen > 0 then capex_cny_fen - recovered_cny_fen end as numerator,
        trailing_monthly_net_cash_cny_fen as denominator
    from paybacks
    union all
    select
        'recovered_share' as metric_id,
        center_id,
        recovered_share as measure,
        case when recovered_share is null then 'no_capex' end as withheld_reason,
        recovered_cny_fen as numerator,
        capex_cny_fen as denominator
    from paybacks
    union all
    select
        'break_even_accounting' as metric_id,
        center_id,
        break_even_share as measure,
        case when break_even_share is null then break_even_reason end as withheld_reason,
        yearly_cost_cny_fen as numerator,
        earning_capacity_cny_fen as denominator
    from {{ ref('int_payback__break_even') }}
    where threshold = 'accounting'
)

select
    measures.metric_id || '/' || measures.center_id || '/as_of/' || cast(clock.as_of_on as string) as figure_id,
    measures.metric_id,
    metrics.basis,
    measures.center_id,
    'as_of' as period_grain,
    clock.as_of_on as period_start,
    {{ add_days('clock.as_of_on', 1) }} as period_end,
    measures.measure as lower,
    measures.measure as upper,
    measures.measure as observed,
    measures.withheld_reason,
    cast(null as double) as coverage,
    measures.numerator as numerator_lower,
    measures.numerator as numerator_upper,
    measures.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from measures
inner join clock
    on measures.center_id = clock.center_id
inner join metrics
    on measures.metric_id = metrics.metric_id
cross join build
