-- Grain: one row per subsidy and kind of PFLOPS-hours it is set against.
select
    costs.programme_id,
    costs.hours_kind,
    costs.center_id,
    costs.valid_from,
    costs.covered_to,
    costs.withheld_reason,
    costs.verdict,
    costs.net_paid_cny_fen,
    cast(100 as bigint) as fen_per_yuan,
    costs.gflops_seconds_lower,
    costs.gflops_seconds_upper,
    costs.cny_per_p_hour_lower,
    costs.cny_per_p_hour_upper,
    costs.market_cny_per_p_hour_low,
    costs.market_cny_per_p_hour_high
from {{ ref('int_subsidy__programme_costs') }} as costs
