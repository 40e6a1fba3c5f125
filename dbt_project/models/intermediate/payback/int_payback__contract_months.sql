-- Grain: one row per center and month ahead in which a lease of today is still in force: what these leases then charge.
with leases as (
    select * from {{ ref('int_payback__outlook_leases') }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

starts as (
    select
        center_id,
        max(last_month_on) as last_month_on
    from {{ ref('int_payback__outlook_starts') }}
    group by center_id
),

months as (
    select
        leases.center_id,
        leases.lease_id,
        leases.monthly_gross_cny_fen,
        numbers.number as month_ahead,
        {{ days_between(
            add_months('starts.last_month_on', 'numbers.number'),
            'least(leases.ends_on, ' ~ add_months('starts.last_month_on', 'numbers.number + 1') ~ ')'
        ) }} as in_force_days,
        {{ days_between(
            add_months('starts.last_month_on', 'numbers.number'),
            add_months('starts.last_month_on', 'numbers.number + 1')
        ) }} as month_days
    from leases
    inner join starts
        on leases.center_id = starts.center_id
    inner join numbers
        on
            numbers.number >= 1
            and {{ add_months('starts.last_month_on', 'numbers.number') }} < leases.ends_on
)

select
    center_id,
    month_ahead,
    {{ integer_sum(
        'cast(round(cast(monthly_gross_cny_fen as double) * in_force_days / month_days) as bigint)'
    ) }} as contracted_gross_cny_fen,
    cast(count(*) as bigint) as lease_count
from months
group by center_id, month_ahead
