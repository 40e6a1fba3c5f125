-- Grain: one row per center and local day of its calendar, also days on which nothing was planned or listed.
with center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

model_days as (
    select * from {{ ref('int_utilization__center_model_days') }}
)

select
    center_days.center_id,
    center_days.local_day,
    center_days.month_start_on,
    center_days.day_seconds,
    {{ integer_sum('model_days.planned_card_count') }} as planned_card_count,
    {{ integer_sum('model_days.planned_card_seconds') }} as planned_card_seconds,
    {{ integer_sum('model_days.installed_card_seconds') }} as installed_card_seconds,
    {{ integer_sum('model_days.racked_card_seconds_lower') }} as racked_card_seconds_lower,
    {{ integer_sum('model_days.racked_card_seconds_upper') }} as racked_card_seconds_upper,
    {{ integer_sum('model_days.racked_excused_card_seconds') }} as racked_excused_card_seconds,
    {{ integer_sum('model_days.racked_card_count_at_day_end_lower') }} as racked_card_count_at_day_end_lower,
    {{ integer_sum('model_days.racked_card_count_at_day_end_upper') }} as racked_card_count_at_day_end_upper,
    {{ integer_sum('model_days.commissioned_card_seconds') }} as commissioned_card_seconds,
    {{ integer_sum('model_days.commissioned_maintenance_card_seconds') }} as commissioned_maintenance_card_seconds,
    {{ integer_sum('model_days.commissioned_fault_card_seconds') }} as commissioned_fault_card_seconds,
    {{ integer_sum('model_days.maintenance_card_seconds') }} as maintenance_card_seconds,
    {{ integer_sum('model_days.fault_card_seconds') }} as fault_card_seconds,
    {{ integer_sum('model_days.sold_card_seconds') }} as sold_card_seconds,
    {{ integer_sum('model_days.allocated_card_seconds') }} as allocated_card_seconds,
    {{ integer_sum('model_days.known_card_seconds') }} as known_card_seconds,
    {{ integer_sum('model_days.unknown_card_seconds') }} as unknown_card_seconds,
    {{ integer_sum('model_days.lit_card_seconds') }} as lit_card_seconds,
    {{ integer_sum('model_days.lit_card_seconds_at_1_pct') }} as lit_card_seconds_at_1_pct,
    {{ integer_sum('model_days.lit_card_seconds_at_5_pct') }} as lit_card_seconds_at_5_pct,
    {{ integer_sum('model_days.lit_card_seconds_at_10_pct') }} as lit_card_seconds_at_10_pct,
    {{ integer_sum('model_days.lit_card_seconds_at_20_pct') }} as lit_card_seconds_at_20_pct,
    {{ integer_sum('model_days.lit_commissioned_card_seconds_lower') }} as lit_commissioned_card_seconds_lower,
    {{ integer_sum('model_days.lit_commissioned_card_seconds_upper') }} as lit_commissioned_card_seconds_upper,
    {{ integer_sum('model_days.occupied_card_seconds') }} as occupied_card_seconds,
    {{ integer_sum('model_days.occupancy_known_card_seconds') }} as occupancy_known_card_seconds,
    {{ integer_sum('model_days.productive_card_seconds') }} as productive_card_seconds,
    {{ integer_sum('model_days.productive_known_card_seconds') }} as productive_known_card_seconds,
    {{ integer_sum('model_days.contested_card_seconds') }} as contested_card_seconds,
    {{ integer_sum('model_days.duplicate_claim_card_seconds') }} as duplicate_claim_card_seconds,
    {{ integer_sum('model_days.duplicate_claim_card_count_at_day_end') }} as duplicate_claim_card_count_at_day_end,
    {{ integer_sum('model_days.duplicate_installed_card_seconds') }} as duplicate_installed_card_seconds,
    {{ integer_sum('model_days.duplicate_sold_card_seconds') }} as duplicate_sold_card_seconds,
    {{ integer_sum('model_days.duplicate_allocated_card_seconds') }} as duplicate_allocated_card_seconds,
    {{ integer_sum('model_days.reported_outside_card_seconds') }} as reported_outside_card_seconds,
    {{ integer_sum('model_days.energy_wh') }} as energy_wh,
    {{ integer_sum('model_days.racked_capped_card_seconds_lower') }} as racked_capped_card_seconds_lower,
    {{ integer_sum('model_days.racked_capped_card_seconds_upper') }} as racked_capped_card_seconds_upper,
    {{
        wide_sum('cast(model_days.planned_card_seconds as decimal(38, 0)) * model_days.weight_gflops')
    }} as planned_gflops_seconds,
    {{
        wide_sum('cast(model_days.racked_card_seconds_lower as decimal(38, 0)) * model_days.weight_gflops')
    }} as racked_gflops_seconds_lower,
    {{
        wide_sum('cast(model_days.racked_card_seconds_upper as decimal(38, 0)) * model_days.weight_gflops')
    }} as racked_gflops_seconds_upper,
    {{
        wide_sum('cast(model_days.lit_card_seconds as decimal(38, 0)) * model_days.weight_gflops')
    }} as lit_gflops_seconds_lower,
    {{
        wide_sum('cast((model_days.lit_card_seconds + model_days.unknown_card_seconds) as decimal(38, 0)) * model_days.weight_gflops')
    }} as lit_gflops_seconds_upper,
    {{
        wide_sum('cast(model_days.racked_capped_card_seconds_lower as decimal(38, 0)) * model_days.weight_gflops')
    }} as racked_capped_gflops_seconds_lower,
    {{
        wide_sum('cast(model_days.racked_capped_card_seconds_upper as decimal(38, 0)) * model_days.weight_gflops')
    }} as racked_capped_gflops_seconds_upper,
    {{
        wide_sum('cast(model_days.duplicate_claim_card_seconds as decimal(38, 0)) * model_days.weight_gflops')
    }} as duplicate_claim_gflops_seconds,
    {{ integer_sum('case when model_days.weight_gflops is null then model_days.racked_card_seconds_upper end') }}
        as unweighted_card_seconds
from center_days
left join model_days
    on
        center_days.center_id = model_days.center_id
        and center_days.local_day = model_days.local_day
group by center_days.center_id, center_days.local_day, center_days.month_start_on, center_days.day_seconds
