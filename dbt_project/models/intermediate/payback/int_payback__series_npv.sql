-- Grain: one row per cash series; its net present value at the policy's discount rate, seen from period 0.
with flows as (
    select * from {{ ref('int_payback__series_flows') }}
),

discounted as (
    select
        series_id,
        cast(
            round(
                flow_cny_fen
                / power(
                    1 + {{ policy_number('economics_wacc_rate') }},
                    period_index / cast(periods_per_year as double)
                )
            ) as bigint
        ) as discounted_flow_cny_fen
    from flows
)

select
    series_id,
    {{ integer_sum('discounted_flow_cny_fen') }} as npv_cny_fen
from discounted
group by series_id
