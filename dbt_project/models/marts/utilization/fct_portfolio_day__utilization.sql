-- Grain: one row per local day, all centers together.
with sums as (
    select * from {{ ref('int_utilization__period_sums') }}
    where period_grain = 'day' and scope_id = 'ALL'
),

rates as (
    select * from {{ ref('int_utilization__period_rates') }}
    where period_grain = 'day' and scope_id = 'ALL'
)

select
    sums.period_start_on as local_day,
    sums.center_count,
    sums.planned_card_count,
    sums.planned_card_seconds,
    sums.installed_card_seconds,
    sums.racked_card_seconds_lower,
    sums.racked_card_seconds_upper,
    sums.racked_excused_card_seconds,
    sums.racked_card_count_at_day_end_lower,
    sums.racked_card_count_at_day_end_upper,
    sums.maintenance_card_seconds,
    sums.fault_card_seconds,
    sums.sold_card_seconds,
    sums.allocated_card_seconds,
    sums.known_card_seconds,
    sums.unknown_card_seconds,
    sums.lit_card_seconds,
    sums.lit_card_seconds_at_1_pct,
    sums.lit_card_seconds_at_5_pct,
    sums.lit_card_seconds_at_10_pct,
    sums.lit_card_seconds_at_20_pct,
    sums.occupied_card_seconds,
    sums.occupancy_known_card_seconds,
    sums.productive_card_seconds,
    sums.productive_known_card_seconds,
    sums.contested_card_seconds,
    sums.duplicate_claim_card_seconds,
    sums.duplicate_claim_card_count_at_day_end,
    sums.duplicate_installed_card_seconds,
    sums.duplicate_sold_card_seconds,
    sums.duplicate_allocated_card_seconds,
    sums.reported_outside_card_seconds,
    sums.energy_wh,
    sums.planned_gflops_seconds,
    sums.racked_gflops_seconds_lower,
    sums.racked_gflops_seconds_upper,
    sums.lit_gflops_seconds_lower,
    sums.lit_gflops_seconds_upper,
    sums.unweighted_card_seconds,
    sums.lit_card_seconds_lower,
    sums.lit_card_seconds_upper,
    rates.racked_rate_of_planned_device_lower,
    rates.racked_rate_of_planned_device_upper,
    rates.racked_rate_of_planned_pflops_lower,
    rates.racked_rate_of_planned_pflops_upper,
    rates.racked_rate_of_planned_device_at_day_end_lower,
    rates.racked_rate_of_planned_device_at_day_end_upper,
    rates.coverage_of_racked,
    rates.lit_rate_of_racked_lower,
    rates.lit_rate_of_racked_upper,
    rates.lit_rate_of_racked_observed,
    rates.lit_rate_of_racked_withheld_reason,
    rates.lit_rate_of_racked_pflops_lower,
    rates.lit_rate_of_racked_pflops_upper,
    rates.lit_rate_of_racked_at_1_pct_lower,
    rates.lit_rate_of_racked_at_1_pct_upper,
    rates.lit_rate_of_racked_at_5_pct_lower,
    rates.lit_rate_of_racked_at_5_pct_upper,
    rates.lit_rate_of_racked_at_10_pct_lower,
    rates.lit_rate_of_racked_at_10_pct_upper,
    rates.lit_rate_of_racked_at_20_pct_lower,
    rates.lit_rate_of_racked_at_20_pct_upper,
    rates.lit_rate_of_planned_lower,
    rates.lit_rate_of_planned_upper,
    rates.sold_rate_of_racked,
    rates.installed_rate_of_planned,
    rates.sold_rate_of_planned,
    rates.allocated_rate_of_planned,
    rates.occupied_rate_of_planned,
    rates.productive_rate_of_planned,
    rates.lit_rate_of_sold_upper,
    rates.data_quality_note
from sums
inner join rates
    on
        sums.scope_id = rates.scope_id
        and sums.period_start_on = rates.period_start_on
