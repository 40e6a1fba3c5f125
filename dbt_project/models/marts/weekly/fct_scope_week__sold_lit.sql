-- Grain: one row per scope (a center, or ALL), ISO week, sold or not, and lit status of the able time.
with able_days as (
    select
        center_id,
        cast(date_trunc('week', local_day) as date) as week_start_on,
        is_sold,
        lit_status,
        cast(planned_card_seconds + beyond_plan_card_seconds as decimal(38, 0)) as card_seconds
    from {{ ref('fct_center_day__partition') }}
    where class_group = 'able'
),

scoped as (
    select
        center_id as scope_id,
        week_start_on,
        is_sold,
        lit_status,
        card_seconds
    from able_days
    union all
    select
        'ALL' as scope_id,
        week_start_on,
        is_sold,
        lit_status,
        card_seconds
    from able_days
),

summed as (
    select
        scope_id,
        week_start_on,
        is_sold,
        lit_status,
        {{ integer_sum('card_seconds') }} as card_seconds
    from scoped
    group by scope_id, week_start_on, is_sold, lit_status
),

totals as (
    select
        scope_id,
        week_start_on,
        {{ integer_sum('card_seconds') }} as able_card_seconds
    from summed
    group by scope_id, week_start_on
)

select
    summed.scope_id,
    summed.week_start_on,
    summed.is_sold,
    summed.lit_status,
    summed.card_seconds,
    totals.able_card_seconds,
    {{ ratio('summed.card_seconds', 'totals.able_card_seconds') }} as share_of_able
from summed
inner join totals
    on
        summed.scope_id = totals.scope_id
        and summed.week_start_on = totals.week_start_on
