-- Grain: one row per scope (a center, or ALL), period grain (day, month), start of the period, price basis and cause.
with values_of_days as (
    select * from {{ ref('int_worth__cause_day_values') }}
),

scoped as (
    select
        values_of_days.*,
        values_of_days.center_id as scope_id
    from values_of_days
    union all
    select
        values_of_days.*,
        'ALL' as scope_id
    from values_of_days
),

in_periods as (
    select
        scoped.*,
        'day' as period_grain,
        scoped.local_day as period_start_on
    from scoped
    union all
    select
        scoped.*,
        'month' as period_grain,
        {{ month_start('scoped.local_day') }} as period_start_on
    from scoped
),

day_counts as (
    select
        scope_id,
        period_grain,
        period_start_on,
        cast(count(distinct local_day) as bigint) as day_count
    from in_periods
    group by scope_id, period_grain, period_start_on
),

summed as (
    select
        scope_id,
        period_grain,
        period_start_on,
        price_basis,
        cause_id,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('unpriced_card_seconds') }} as unpriced_card_seconds,
        {{ integer_sum('value_cny_fen') }} as value_cny_fen
    from in_periods
    group by scope_id, period_grain, period_start_on, price_basis, cause_id
),

with_plan as (
    select
        summed.*,
        cast(
            sum(summed.value_cny_fen) over (
                partition by summed.scope_id, summed.period_grain, summed.period_start_on, summed.price_basis
            ) as bigint
        ) as plan_value_cny_fen
    from summed
)

select
    with_plan.scope_id,
    with_plan.period_grain,
    with_plan.period_start_on,
    with_plan.price_basis,
    with_plan.cause_id,
    causes.cause_order,
    causes.loss_kind,
    causes.name_zh as cause_name_zh,
    causes.name_en as cause_name_en,
    day_counts.day_count,
    with_plan.planned_card_seconds,
    with_plan.unpriced_card_seconds,
    with_plan.value_cny_fen,
    with_plan.plan_value_cny_fen,
    cast(
        round({{ ratio('with_plan.value_cny_fen', 'day_counts.day_count') }}) as bigint
    ) as value_per_day_cny_fen,
    {{ ratio('with_plan.value_cny_fen', 'with_plan.plan_value_cny_fen') }} as share_of_plan_value
from with_plan
inner join day_counts
    on
        with_plan.scope_id = day_counts.scope_id
        and with_plan.period_grain = day_counts.period_grain
        and with_plan.period_start_on = day_counts.period_start_on
inner join {{ ref('dark_causes') }} as causes
    on with_plan.cause_id = causes.cause_id
