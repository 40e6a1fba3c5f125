-- Grain: one row per figure: what of the value of planned card time was lost in a month, of a center, or of all (ALL).
with model_days as (
    select * from {{ ref('int_worth__dark_parts') }}
),

scoped as (
    select
        model_days.*,
        model_days.center_id as scope_id
    from model_days
    union all
    select
        model_days.*,
        'ALL' as scope_id
    from model_days
),

months as (
    select
        scope_id,
        {{ month_start('local_day') }} as month_start_on,
        {{ integer_sum('lost_cny_fen_lower') }} as numerator_lower,
        {{ integer_sum('lost_cny_fen_upper') }} as numerator_upper,
        {{ integer_sum('plan_value_cny_fen') }} as denominator
    from scoped
    group by scope_id, {{ month_start('local_day') }}
),

metrics as (
    select
        metric_id,
        basis,
        unit,
        definition_version
    from {{ ref('metrics') }}
    where metric_id = 'lost_to_dark_of_plan_value'
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
)

select
    metrics.metric_id || '/' || months.scope_id || '/month/' || cast(months.month_start_on as string) as figure_id,
    metrics.metric_id,
    metrics.basis,
    nullif(months.scope_id, 'ALL') as center_id,
    'month' as period_grain,
    months.month_start_on as period_start,
    {{ add_months('months.month_start_on', 1) }} as period_end,
    {{ ratio('months.numerator_lower', 'months.denominator') }} as lower,
    {{ ratio('months.numerator_upper', 'months.denominator') }} as upper,
    case
        when months.numerator_lower = months.numerator_upper
            then {{ ratio('months.numerator_lower', 'months.denominator') }}
    end as observed,
    case
        when months.denominator = 0 then 'no_price_known'
        when months.numerator_lower < months.numerator_upper then 'not_all_able_time_is_known'
    end as withheld_reason,
    cast(null as double) as coverage,
    months.numerator_lower,
    months.numerator_upper,
    months.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from months
cross join metrics
cross join build
