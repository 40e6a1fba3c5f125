-- Grain: one row per local day, all centers together.
-- A card that two centers claim counts once in the upper bounds and nowhere in the lower ones.
with center_days as (
    select * from {{ ref('int_utilization__center_days') }}
)

select
    center_days.local_day,
    center_days.month_start_on,
    cast(count(*) as bigint) as center_count,
    {{ integer_sum('center_days.planned_card_count') }} as planned_card_count,
    {{ integer_sum('center_days.planned_card_seconds') }} as planned_card_seconds,
    {{
        integer_sum('center_days.installed_card_seconds - center_days.duplicate_installed_card_seconds')
    }} as installed_card_seconds,
    {{ integer_sum('center_days.racked_card_seconds_lower') }} as racked_card_seconds_lower,
    {{
        integer_sum('center_days.racked_card_seconds_upper - center_days.duplicate_claim_card_seconds')
    }} as racked_card_seconds_upper,
    {{ integer_sum('center_days.racked_excused_card_seconds') }} as racked_excused_card_seconds,
    {{ integer_sum('center_days.racked_card_count_at_day_end_lower') }} as racked_card_count_at_day_end_lower,
    {{
        integer_sum('center_days.racked_card_count_at_day_end_upper - center_days.duplicate_claim_card_count_at_day_end')
    }} as racked_card_count_at_day_end_upper,
    cast(null as bigint) as commissioned_card_seconds,
    cast(null as bigint) as commissioned_maintenance_card_seconds,
    cast(null as bigint) as commissioned_fault_card_seconds,
    {{ integer_sum('center_days.maintenance_card_seconds') }} as maintenance_card_seconds,
    {{ integer_sum('center_days.fault_card_seconds') }} as fault_card_seconds,
    {{
        integer_sum('center_days.sold_card_seconds - center_days.duplicate_sold_card_seconds')
    }} as sold_card_seconds,
    {{
        integer_sum('center_days.allocated_card_seconds - center_days.duplicate_allocated_card_seconds')
    }} as allocated_card_seconds,
    {{ integer_sum('center_days.known_card_seconds') }} as known_card_seconds,
    {{
        integer_sum('center_days.unknown_card_seconds - center_days.duplicate_claim_card_seconds')
    }} as unknown_card_seconds,
    {{ integer_sum('center_days.lit_card_seconds') }} as lit_card_seconds,
    {{ integer_sum('center_days.lit_card_seconds_at_1_pct') }} as lit_card_seconds_at_1_pct,
    {{ integer_sum('center_days.lit_card_seconds_at_5_pct') }} as lit_card_seconds_at_5_pct,
    {{ integer_sum('center_days.lit_card_seconds_at_10_pct') }} as lit_card_seconds_at_10_pct,
    {{ integer_sum('center_days.lit_card_seconds_at_20_pct') }} as lit_card_seconds_at_20_pct,
    cast(null as bigint) as lit_commissioned_card_seconds_lower,
    cast(null as bigint) as lit_commissioned_card_seconds_upper,
    {{ integer_sum('center_days.occupied_card_seconds') }} as occupied_card_seconds,
    {{ integer_sum('center_days.occupancy_known_card_seconds') }} as occupancy_known_card_seconds,
    {{ integer_sum('center_days.productive_card_seconds') }} as productive_card_seconds,
    {{ integer_sum('center_days.productive_known_card_seconds') }} as productive_known_card_seconds,
    {{ integer_sum('center_days.contested_card_seconds') }} as contested_card_seconds,
    {{ integer_sum('center_days.duplicate_claim_card_seconds') }} as duplicate_claim_card_seconds,
    {{ integer_sum('center_days.duplicate_claim_card_count_at_day_end') }} as duplicate_claim_card_count_at_day_end,
    {{ integer_sum('center_days.duplicate_installed_card_seconds') }} as duplicate_installed_card_seconds,
    {{ integer_sum('center_days.duplicate_sold_card_seconds') }} as duplicate_sold_card_seconds,
    {{ integer_sum('center_days.duplicate_allocated_card_seconds') }} as duplicate_allocated_card_seconds,
    {{ integer_sum('center_days.reported_outside_card_seconds') }} as reported_outside_card_seconds,
    {{ integer_sum('center_days.energy_wh') }} as energy_wh,
    cast(null as bigint) as racked_capped_card_seconds_lower,
    cast(null as bigint) as racked_capped_card_seconds_upper,
    {{ wide_sum('center_days.planned_gflops_seconds') }} as planned_gflops_seconds,
    {{ wide_sum('center_days.racked_gflops_seconds_lower') }} as racked_gflops_seconds_lower,
    {{
        wide_sum('center_days.racked_gflops_seconds_upper - center_days.duplicate_claim_gflops_seconds')
    }} as racked_gflops_seconds_upper,
    {{ wide_sum('center_days.lit_gflops_seconds_lower') }} as lit_gflops_seconds_lower,
    {{
        wide_sum('center_days.lit_gflops_seconds_upper - center_days.duplicate_claim_gflops_seconds')
    }} as lit_gflops_seconds_upper,
    cast(null as decimal(38, 0)) as racked_capped_gflops_seconds_lower,
    cast(null as decimal(38, 0)) as racked_capped_gflops_seconds_upper,
    {{ wide_sum('center_days.duplicate_claim_gflops_seconds') }} as duplicate_claim_gflops_seconds,
    {{ integer_sum('center_days.unweighted_card_seconds') }} as unweighted_card_seconds
from center_days
group by center_days.local_day, center_days.month_start_on
