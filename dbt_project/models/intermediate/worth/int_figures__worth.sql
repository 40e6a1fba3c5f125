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

measures as (
    select
        'lost_to_dark_of_plan_value' as metric_id,
        scope_id,
        month_start_on,
        numerator_lower,
        numerator_upper,
        denominator,
        case
            when denominator = 0 then 'no_price_known'
            when numerator_lower < numerator_upper then 'not_all_able_time_is_known'
        end as withheld_reason,
        cast(null as double) as coverage
    from months
)

{{ monthly_figures('measures') }}
