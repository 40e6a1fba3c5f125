-- Grain: one row per center, model and local day with cards of the model planned or listed in the register.
with device_days as (
    select
        center_id,
        model_id,
        local_day,
        {{ integer_sum('installed_seconds') }} as installed_card_seconds,
        {{ integer_sum('proven_able_seconds') }} as racked_card_seconds_lower,
        {{ integer_sum('able_seconds') }} as racked_card_seconds_upper,
        {{ integer_sum('excused_seconds') }} as racked_excused_card_seconds,
        {{ integer_sum('proven_able_at_day_end_count') }} as racked_card_count_at_day_end_lower,
        {{ integer_sum('able_at_day_end_count') }} as racked_card_count_at_day_end_upper,
        {{ integer_sum('commissioned_seconds') }} as commissioned_card_seconds,
        {{ integer_sum('commissioned_maintenance_seconds') }} as commissioned_maintenance_card_seconds,
        {{ integer_sum('commissioned_fault_seconds') }} as commissioned_fault_card_seconds,
        {{ integer_sum('maintenance_seconds') }} as maintenance_card_seconds,
        {{ integer_sum('fault_seconds') }} as fault_card_seconds,
        {{ integer_sum('sold_seconds') }} as sold_card_seconds,
        {{ integer_sum('allocated_seconds') }} as allocated_card_seconds,
        {{ integer_sum('known_seconds') }} as known_card_seconds,
        {{ integer_sum('unknown_seconds') }} as unknown_card_seconds,
        {{ integer_sum('lit_seconds') }} as lit_card_seconds,
        {{ integer_sum('lit_seconds_at_1_pct') }} as lit_card_seconds_at_1_pct,
        {{ integer_sum('lit_seconds_at_5_pct') }} as lit_card_seconds_at_5_pct,
        {{ integer_sum('lit_seconds_at_10_pct') }} as lit_card_seconds_at_10_pct,
        {{ integer_sum('lit_seconds_at_20_pct') }} as lit_card_seconds_at_20_pct,
        {{ integer_sum('lit_commissioned_seconds_lower') }} as lit_commissioned_card_seconds_lower,
        {{ integer_sum('lit_commissioned_seconds_upper') }} as lit_commissioned_card_seconds_upper,
        {{ integer_sum('occupied_seconds') }} as occupied_card_seconds,
        {{ integer_sum('occupancy_known_seconds') }} as occupancy_known_card_seconds,
        {{ integer_sum('productive_seconds') }} as productive_card_seconds,
        {{ integer_sum('productive_known_seconds') }} as productive_known_card_seconds,
        {{ integer_sum('contested_seconds') }} as contested_card_seconds,
        {{ integer_sum('duplicate_able_seconds') }} as duplicate_claim_card_seconds,
        {{ integer_sum('duplicate_able_at_day_end_count') }} as duplicate_claim_card_count_at_day_end,
        {{ integer_sum('duplicate_installed_seconds') }} as duplicate_installed_card_seconds,
        {{ integer_sum('duplicate_sold_seconds') }} as duplicate_sold_card_seconds,
        {{ integer_sum('duplicate_allocated_seconds') }} as duplicate_allocated_card_seconds,
        {{ integer_sum('outside_usable_seconds') }} as reported_outside_card_seconds,
        {{ integer_sum('energy_wh') }} as energy_wh
    from {{ ref('int_utilization__device_days') }}
    group by center_id, model_id, local_day
),

plan_days as (
    select * from {{ ref('int_utilization__plan_days') }}
),

spine as (
    select
        center_id,
        model_id,
        local_day
    from device_days
    union
    select
        center_id,
        model_id,
        local_day
    from plan_days
),

accelerators as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
),

center_days as (
    select * from {{ ref('int_calendar__center_days') }}
)

select
    spine.center_id,
    spine.model_id,
    spine.local_day,
    center_days.month_start_on,
    center_days.day_seconds,
    accelerators.weight_gflops,
    coalesce(plan_days.planned_card_count, 0) as planned_card_count,
    coalesce(plan_days.planned_card_seconds, 0) as planned_card_seconds,
    coalesce(device_days.installed_card_seconds, 0) as installed_card_seconds,
    coalesce(device_days.racked_card_seconds_lower, 0) as racked_card_seconds_lower,
    coalesce(device_days.racked_card_seconds_upper, 0) as racked_card_seconds_upper,
    coalesce(device_days.racked_excused_card_seconds, 0) as racked_excused_card_seconds,
    coalesce(device_days.racked_card_count_at_day_end_lower, 0) as racked_card_count_at_day_end_lower,
    coalesce(device_days.racked_card_count_at_day_end_upper, 0) as racked_card_count_at_day_end_upper,
    coalesce(device_days.commissioned_card_seconds, 0) as commissioned_card_seconds,
    coalesce(device_days.commissioned_maintenance_card_seconds, 0) as commissioned_maintenance_card_seconds,
    coalesce(device_days.commissioned_fault_card_seconds, 0) as commissioned_fault_card_seconds,
    coalesce(device_days.maintenance_card_seconds, 0) as maintenance_card_seconds,
    coalesce(device_days.fault_card_seconds, 0) as fault_card_seconds,
    coalesce(device_days.sold_card_seconds, 0) as sold_card_seconds,
    coalesce(device_days.allocated_card_seconds, 0) as allocated_card_seconds,
    coalesce(device_days.known_card_seconds, 0) as known_card_seconds,
    coalesce(device_days.unknown_card_seconds, 0) as unknown_card_seconds,
    coalesce(device_days.lit_card_seconds, 0) as lit_card_seconds,
    coalesce(device_days.lit_card_seconds_at_1_pct, 0) as lit_card_seconds_at_1_pct,
    coalesce(device_days.lit_card_seconds_at_5_pct, 0) as lit_card_seconds_at_5_pct,
    coalesce(device_days.lit_card_seconds_at_10_pct, 0) as lit_card_seconds_at_10_pct,
    coalesce(device_days.lit_card_seconds_at_20_pct, 0) as lit_card_seconds_at_20_pct,
    coalesce(device_days.lit_commissioned_card_seconds_lower, 0) as lit_commissioned_card_seconds_lower,
    coalesce(device_days.lit_commissioned_card_seconds_upper, 0) as lit_commissioned_card_seconds_upper,
    coalesce(device_days.occupied_card_seconds, 0) as occupied_card_seconds,
    coalesce(device_days.occupancy_known_card_seconds, 0) as occupancy_known_card_seconds,
    coalesce(device_days.productive_card_seconds, 0) as productive_card_seconds,
    coalesce(device_days.productive_known_card_seconds, 0) as productive_known_card_seconds,
    coalesce(device_days.contested_card_seconds, 0) as contested_card_seconds,
    coalesce(device_days.duplicate_claim_card_seconds, 0) as duplicate_claim_card_seconds,
    coalesce(device_days.duplicate_claim_card_count_at_day_end, 0) as duplicate_claim_card_count_at_day_end,
    coalesce(device_days.duplicate_installed_card_seconds, 0) as duplicate_installed_card_seconds,
    coalesce(device_days.duplicate_sold_card_seconds, 0) as duplicate_sold_card_seconds,
    coalesce(device_days.duplicate_allocated_card_seconds, 0) as duplicate_allocated_card_seconds,
    coalesce(device_days.reported_outside_card_seconds, 0) as reported_outside_card_seconds,
    coalesce(device_days.energy_wh, 0) as energy_wh,
    least(coalesce(device_days.racked_card_seconds_lower, 0), coalesce(plan_days.planned_card_seconds, 0))
        as racked_capped_card_seconds_lower,
    least(coalesce(device_days.racked_card_seconds_upper, 0), coalesce(plan_days.planned_card_seconds, 0))
        as racked_capped_card_seconds_upper
from spine
inner join center_days
    on
        spine.center_id = center_days.center_id
        and spine.local_day = center_days.local_day
left join device_days
    on
        spine.center_id = device_days.center_id
        and spine.model_id = device_days.model_id
        and spine.local_day = device_days.local_day
left join plan_days
    on
        spine.center_id = plan_days.center_id
        and spine.model_id = plan_days.model_id
        and spine.local_day = plan_days.local_day
left join accelerators
    on spine.model_id = accelerators.model_id
