-- Grain: one row per subsidy: what was promised, is delivered on the last day with readings, and was lit
-- in the thirty days up to it, in GFLOPS. Where the grant names no promise, the approved plan is the promise.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

last_days as (
    select * from {{ ref('int_subsidy__last_days') }}
),

use_days as (
    select * from {{ ref('int_subsidy__use_days') }}
),

at_the_end as (
    select
        last_days.center_id,
        last_days.last_day,
        use_days.planned_end_gflops as planned_gflops,
        use_days.delivered_end_gflops_lower as delivered_gflops_lower,
        use_days.delivered_end_gflops_upper as delivered_gflops_upper
    from last_days
    inner join use_days
        on
            last_days.center_id = use_days.center_id
            and last_days.last_day = use_days.local_day
),

lit as (
    select
        last_days.center_id,
        {{ wide_sum('use_days.business_gflops_seconds_lower') }} as gflops_seconds_lower,
        {{ wide_sum('use_days.business_gflops_seconds_upper') }} as gflops_seconds_upper
    from last_days
    inner join use_days
        on
            last_days.center_id = use_days.center_id
            and use_days.local_day <= last_days.last_day
            and use_days.local_day > {{ add_days('last_days.last_day', -30) }}
    group by last_days.center_id
)

select
    terms.programme_id,
    terms.center_id,
    at_the_end.last_day,
    coalesce(
        cast(terms.promised_pflops_milli as decimal(38, 0)) * 1000, at_the_end.planned_gflops
    ) as promised_gflops,
    at_the_end.delivered_gflops_lower,
    at_the_end.delivered_gflops_upper,
    cast(round(cast(lit.gflops_seconds_lower as double) / 2592000) as decimal(38, 0)) as lit_gflops_lower,
    cast(round(cast(lit.gflops_seconds_upper as double) / 2592000) as decimal(38, 0)) as lit_gflops_upper
from terms
left join at_the_end
    on terms.center_id = at_the_end.center_id
left join lit
    on terms.center_id = lit.center_id
