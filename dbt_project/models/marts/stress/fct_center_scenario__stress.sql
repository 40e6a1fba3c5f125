-- Grain: one row per center and scenario.
with outcomes as (
    select * from {{ ref('int_stress__outcomes') }}
),

exits as (
    select
        center_id,
        scenario,
        cast(count(*) as bigint) as lease_count,
        {{ integer_sum('monthly_cny_fen') }} as monthly_cny_fen,
        min(paid_months) as first_exit_month
    from {{ ref('int_stress__exits') }}
    group by center_id, scenario
)

select
    outcomes.center_id,
    outcomes.scenario,
    coalesce(exits.lease_count, 0) as lease_count,
    coalesce(exits.monthly_cny_fen, 0) as monthly_cny_fen,
    exits.first_exit_month,
    outcomes.cash_24_months_cny_fen,
    outcomes.lost_to_horizon_cny_fen,
    outcomes.payback_months,
    outcomes.payback_reason
from outcomes
left join exits
    on
        outcomes.center_id = exits.center_id
        and outcomes.scenario = exits.scenario
