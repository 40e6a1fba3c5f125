-- Grain: one row per subsidy and kind of PFLOPS-hours it is set against.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

hours as (
    select * from {{ ref('int_subsidy__programme_hours') }}
),

paid as (
    select
        programme_id,
        {{ integer_sum('net_paid_cny_fen') }} as net_paid_cny_fen
    from {{ ref('int_subsidy__account_settlements') }}
    group by programme_id
),

market as (
    select
        benchmarks.low * 1000000 / accelerators.weight_gflops as market_cny_per_p_hour_low,
        benchmarks.high * 1000000 / accelerators.weight_gflops as market_cny_per_p_hour_high
    from {{ ref('benchmarks') }} as benchmarks
    inner join {{ ref('accelerators') }} as accelerators
        on benchmarks.basis = accelerators.model_id
    where benchmarks.benchmark_id = 'market_card_hour_hopper'
),

priced as (
    select
        hours.programme_id,
        hours.hours_kind,
        terms.center_id,
        terms.valid_from,
        terms.covered_to,
        coalesce(paid.net_paid_cny_fen, 0) as net_paid_cny_fen,
        hours.gflops_seconds_lower,
        hours.gflops_seconds_upper,
        {{ ratio(
            'coalesce(paid.net_paid_cny_fen, 0) * cast(36000000 as double)', 'hours.gflops_seconds_upper'
        ) }} as cny_per_p_hour_lower,
        {{ ratio(
            'coalesce(paid.net_paid_cny_fen, 0) * cast(36000000 as double)', 'hours.gflops_seconds_lower'
        ) }} as cny_per_p_hour_upper,
        market.market_cny_per_p_hour_low,
        market.market_cny_per_p_hour_high
    from hours
    inner join terms
        on hours.programme_id = terms.programme_id
    cross join market
    left join paid
        on hours.programme_id = paid.programme_id
)

select
    priced.programme_id,
    priced.hours_kind,
    priced.center_id,
    priced.valid_from,
    priced.covered_to,
    case
        when priced.cny_per_p_hour_lower is null then 'no_hours'
        when priced.cny_per_p_hour_upper is null then 'no_hours_at_lower_bound'
    end as withheld_reason,
    case
        when priced.net_paid_cny_fen <= 0 then 'nothing_paid'
        when priced.cny_per_p_hour_lower > priced.market_cny_per_p_hour_high then 'above_market'
        when priced.cny_per_p_hour_upper <= priced.market_cny_per_p_hour_low then 'not_above_market'
        else 'undetermined'
    end as verdict,
    priced.net_paid_cny_fen,
    priced.gflops_seconds_lower,
    priced.gflops_seconds_upper,
    priced.cny_per_p_hour_lower,
    priced.cny_per_p_hour_upper,
    priced.market_cny_per_p_hour_low,
    priced.market_cny_per_p_hour_high
from priced
