-- Grain: one row per month, all centers together: sums of the days, and counts as of the last of them.
with portfolio_days as (
    select
        days.*,
        row_number() over (
            partition by days.month_start_on
            order by days.local_day desc nulls last
        ) = 1 as is_last_day
    from {{ ref('int_utilization__portfolio_days') }} as days
)

select
    portfolio_days.month_start_on,
    cast(count(*) as bigint) as day_count,
    max(portfolio_days.center_count) as center_count,
    {{
        integer_sum('case when portfolio_days.is_last_day then portfolio_days.planned_card_count end')
    }} as planned_card_count,
    {{ integer_sum('portfolio_days.planned_card_seconds') }} as planned_card_seconds,
    {{ integer_sum('portfolio_days.installed_card_seconds') }} as installed_card_seconds,
    {{ integer_sum('portfolio_days.racked_card_seconds_lower') }} as racked_card_seconds_lower,
    {{ integer_sum('portfolio_days.racked_card_seconds_upper') }} as racked_card_seconds_upper,
    {{ integer_sum('portfolio_days.racked_excused_card_seconds') }} as racked_excused_card_seconds,
    {{
        integer_sum('case when portfolio_days.is_last_day then portfolio_days.racked_card_count_at_day_end_lower end')
    }} as racked_card_count_at_day_end_lower,
    {{
        integer_sum('case when portfolio_days.is_last_day then portfolio_days.racked_card_count_at_day_end_upper end')
    }} as racked_card_count_at_day_end_upper,
    cast(null as bigint) as commissioned_card_seconds,
    cast(null as bigint) as commissioned_maintenance_card_seconds,
    cast(null as bigint) as commissioned_fault_card_seconds,
    {{ integer_sum('portfolio_days.maintenance_card_seconds') }} as maintenance_card_seconds,
    {{ integer_sum('portfolio_days.fault_card_seconds') }} as fault_card_seconds,
    {{ integer_sum('portfolio_days.sold_card_seconds') }} as sold_card_seconds,
    {{ integer_sum('portfolio_days.allocated_card_seconds') }} as allocated_card_seconds,
    {{ integer_sum('portfolio_days.known_card_seconds') }} as known_card_seconds,
    {{ integer_sum('portfolio_days.unknown_card_seconds') }} as unknown_card_seconds,
    {{ integer_sum('portfolio_days.lit_card_seconds') }} as lit_card_seconds,
    {{ integer_sum('portfolio_days.lit_card_seconds_at_1_pct') }} as lit_card_seconds_at_1_pct,
    {{ integer_sum('portfolio_days.lit_card_seconds_at_5_pct') }} as lit_card_seconds_at_5_pct,
    {{ integer_sum('portfolio_days.lit_card_seconds_at_10_pct') }} as lit_card_seconds_at_10_pct,
    {{ integer_sum('portfolio_days.lit_card_seconds_at_20_pct') }} as lit_card_seconds_at_20_pct,
    cast(null as bigint) as lit_commissioned_card_seconds_lower,
    cast(null as bigint) as lit_commissioned_card_seconds_upper,
    {{ integer_sum('portfolio_days.occupied_card_seconds') }} as occupied_card_seconds,
    {{ integer_sum('portfolio_days.occupancy_known_card_seconds') }} as occupancy_known_card_seconds,
    {{ integer_sum('portfolio_days.productive_card_seconds') }} as productive_card_seconds,
    {{ integer_sum('portfolio_days.productive_known_card_seconds') }} as productive_known_card_seconds,
    {{ integer_sum('portfolio_days.contested_card_seconds') }} as contested_card_seconds,
    {{ integer_sum('portfolio_days.duplicate_claim_card_seconds') }} as duplicate_claim_card_seconds,
    {{
        integer_sum('case when portfolio_days.is_last_day then portfolio_days.duplicate_claim_card_count_at_day_end end')
    }} as duplicate_claim_card_count_at_day_end,
    {{ integer_sum('portfolio_days.duplicate_installed_card_seconds') }} as duplicate_installed_card_seconds,
    {{ integer_sum('portfolio_days.duplicate_sold_card_seconds') }} as duplicate_sold_card_seconds,
    {{ integer_sum('portfolio_days.duplicate_allocated_card_seconds') }} as duplicate_allocated_card_seconds,
    {{ integer_sum('portfolio_days.reported_outside_card_seconds') }} as reported_outside_card_seconds,
    {{ integer_sum('portfolio_days.energy_wh') }} as energy_wh,
    cast(null as bigint) as racked_capped_card_seconds_lower,
    cast(null as bigint) as racked_capped_card_seconds_upper,
    {{ wide_sum('portfolio_days.planned_gflops_seconds') }} as planned_gflops_seconds,
    {{ wide_sum('portfolio_days.racked_gflops_seconds_lower') }} as racked_gflops_seconds_lower,
    {{ wide_sum('portfolio_days.racked_gflops_seconds_upper') }} as racked_gflops_seconds_upper,
    {{ wide_sum('portfolio_days.lit_gflops_seconds_lower') }} as lit_gflops_seconds_lower,
    {{ wide_sum('portfolio_days.lit_gflops_seconds_upper') }} as lit_gflops_seconds_upper,
    cast(null as decimal(38, 0)) as racked_capped_gflops_seconds_lower,
    cast(null as decimal(38, 0)) as racked_capped_gflops_seconds_upper,
    {{ wide_sum('portfolio_days.duplicate_claim_gflops_seconds') }} as duplicate_claim_gflops_seconds,
    {{ integer_sum('portfolio_days.unweighted_card_seconds') }} as unweighted_card_seconds
from portfolio_days
group by portfolio_days.month_start_on
