-- Grain: one row per figure of what lies ahead of a center, as of the build: backlog, random futures, a tenant's exit.
with clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
),

backlog as (
    select
        center_id,
        {{ integer_sum('backlog_cny_fen') }} as backlog_cny_fen,
        {{ integer_sum('weighted_backlog_cny_fen') }} as weighted_backlog_cny_fen
    from {{ ref('int_leases__backlog') }}
    group by center_id
),

futures as (
    select
        center_id,
        max(paid_back_draw_count) as paid_back_draw_count,
        max(draw_count) as draw_count
    from {{ ref('int_payback__outlook_bands') }}
    where
        view = 'project'
        and subsidy = 'without'
    group by center_id
),

exits as (
    select
        center_id,
        max(case when scenario_id = 'top_1_leaves' then cash_24_months_cny_fen end) as left_cny_fen,
        max(case when scenario_id = 'as_today' then cash_24_months_cny_fen end) as as_today_cny_fen
    from {{ ref('int_stress__outcomes') }}
    where scenario_id in ('as_today', 'top_1_leaves')
    group by center_id
),

measures as (
    select
        'backlog_quality' as metric_id,
        center_id,
        weighted_backlog_cny_fen as numerator,
        backlog_cny_fen as denominator,
        case when backlog_cny_fen = 0 then 'no_backlog' end as withheld_reason
    from backlog
    union all
    select
        'futures_paid_back' as metric_id,
        center_id,
        paid_back_draw_count as numerator,
        draw_count as denominator,
        cast(null as varchar) as withheld_reason
    from futures
    union all
    select
        'cash_kept_without_top_tenant' as metric_id,
        center_id,
        left_cny_fen as numerator,
        as_today_cny_fen as denominator,
        case when as_today_cny_fen <= 0 then 'no_cash_ahead' end as withheld_reason
    from exits
    where left_cny_fen is not null
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

divided as (
    select
        measures.*,
        case when measures.withheld_reason is null then {{ ratio('measures.numerator', 'measures.denominator') }} end
            as measure
    from measures
)

select
    divided.metric_id || '/' || divided.center_id || '/as_of/' || cast(clock.as_of_on as string) as figure_id,
    divided.metric_id,
    metrics.basis,
    divided.center_id,
    'as_of' as period_grain,
    clock.as_of_on as period_start,
    {{ add_days('clock.as_of_on', 1) }} as period_end,
    divided.measure as lower,
    divided.measure as upper,
    divided.measure as observed,
    divided.withheld_reason,
    cast(null as double) as coverage,
    divided.numerator as numerator_lower,
    divided.numerator as numerator_upper,
    divided.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from divided
inner join clock
    on divided.center_id = clock.center_id
inner join metrics
    on divided.metric_id = metrics.metric_id
cross join build
