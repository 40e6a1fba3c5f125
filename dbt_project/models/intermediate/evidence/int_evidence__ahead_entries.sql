-- Grain: one row per metric of what lies ahead, center, entry and first day: what it adds to numerator and denominator.
with backlog as (
    select
        'backlog_quality' as metric_id,
        center_id,
        lease_id as entry,
        greatest(as_of_on, starts_on) as first_day_on,
        {{ add_days('ends_on', -1) }} as last_day_on,
        weighted_backlog_cny_fen as numerator_cny_fen,
        backlog_cny_fen as denominator_cny_fen
    from {{ ref('int_leases__backlog') }}
    where backlog_cny_fen is not null
),

clock as (
    select
        center_id,
        as_of_month_on
    from {{ ref('int_payback__center_clock') }}
),

ahead as (
    select
        months.center_id,
        {{ add_months('clock.as_of_month_on', 'months.month_ahead - 1') }} as first_day_on,
        {{ add_days(add_months('clock.as_of_month_on', 'months.month_ahead'), -1) }} as last_day_on,
        max(case when months.scenario_id = 'as_today' then months.net_cash_cny_fen end) as as_today_cny_fen,
        max(case when months.scenario_id = 'top_1_leaves' then months.net_cash_cny_fen end) as left_cny_fen
    from {{ ref('int_stress__months') }} as months
    inner join clock
        on months.center_id = clock.center_id
    where
        months.scenario_id in ('as_today', 'top_1_leaves')
        and months.month_ahead <= 24
    group by months.center_id, clock.as_of_month_on, months.month_ahead
)

select * from backlog
union all
select
    'cash_kept_without_top_tenant' as metric_id,
    center_id,
    'run_rate_goes_on' as entry,
    first_day_on,
    last_day_on,
    as_today_cny_fen as numerator_cny_fen,
    as_today_cny_fen as denominator_cny_fen
from ahead
union all
select
    'cash_kept_without_top_tenant' as metric_id,
    center_id,
    'largest_tenant_leaves' as entry,
    first_day_on,
    last_day_on,
    left_cny_fen - as_today_cny_fen as numerator_cny_fen,
    cast(0 as bigint) as denominator_cny_fen
from ahead
