-- Grain: one row per scope (a center, or ALL), period grain and start of the period.
-- The only place where a utilization rate is divided; every mart and every figure takes it from here.
with sums as (
    select * from {{ ref('int_utilization__period_sums') }}
),

solid as (
    select {{ policy_number('coverage_solid') }} as coverage_solid
),

rates as (
    select
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.known_card_seconds,
        sums.racked_card_seconds_upper,
        sums.lit_card_seconds,
        {{ ratio('sums.racked_card_seconds_lower', 'sums.planned_card_seconds') }}
            as racked_rate_of_planned_device_lower,
        {{ ratio('sums.racked_card_seconds_upper', 'sums.planned_card_seconds') }}
            as racked_rate_of_planned_device_upper,
        {{ ratio('sums.racked_gflops_seconds_lower', 'sums.planned_gflops_seconds') }}
            as racked_rate_of_planned_pflops_lower,
        {{ ratio('sums.racked_gflops_seconds_upper', 'sums.planned_gflops_seconds') }}
            as racked_rate_of_planned_pflops_upper,
        {{ ratio('sums.racked_card_count_at_day_end_lower', 'sums.planned_card_count') }}
            as racked_rate_of_planned_device_at_day_end_lower,
        {{ ratio('sums.racked_card_count_at_day_end_upper', 'sums.planned_card_count') }}
            as racked_rate_of_planned_device_at_day_end_upper,
        {{ ratio('sums.known_card_seconds', 'sums.racked_card_seconds_upper') }} as coverage_of_racked,
        {{ ratio('sums.lit_card_seconds_lower', 'sums.racked_card_seconds_upper') }} as lit_rate_of_racked_lower,
        {{ ratio('sums.lit_card_seconds_upper', 'sums.racked_card_seconds_upper') }} as lit_rate_of_racked_upper,
        {{ ratio('sums.lit_gflops_seconds_lower', 'sums.racked_gflops_seconds_upper') }}
            as lit_rate_of_racked_pflops_lower,
        {{ ratio('sums.lit_gflops_seconds_upper', 'sums.racked_gflops_seconds_upper') }}
            as lit_rate_of_racked_pflops_upper,
        {{ ratio('sums.lit_card_seconds_at_1_pct', 'sums.racked_card_seconds_upper') }}
            as lit_rate_of_racked_at_1_pct_lower,
        {{
            ratio(
                '(sums.lit_card_seconds_at_1_pct + sums.unknown_card_seconds)',
                'sums.racked_card_seconds_upper'
            )
        }} as lit_rate_of_racked_at_1_pct_upper,
        {{ ratio('sums.lit_card_seconds_at_5_pct', 'sums.racked_card_seconds_upper') }}
            as lit_rate_of_racked_at_5_pct_lower,
        {{
            ratio(
                '(sums.lit_card_seconds_at_5_pct + sums.unknown_card_seconds)',
                'sums.racked_card_seconds_upper'
            )
        }} as lit_rate_of_racked_at_5_pct_upper,
        {{ ratio('sums.lit_card_seconds_at_10_pct', 'sums.racked_card_seconds_upper') }}
            as lit_rate_of_racked_at_10_pct_lower,
        {{
            ratio(
                '(sums.lit_card_seconds_at_10_pct + sums.unknown_card_seconds)',
                'sums.racked_card_seconds_upper'
            )
        }} as lit_rate_of_racked_at_10_pct_upper,
        {{ ratio('sums.lit_card_seconds_at_20_pct', 'sums.racked_card_seconds_upper') }}
            as lit_rate_of_racked_at_20_pct_lower,
        {{
            ratio(
                '(sums.lit_card_seconds_at_20_pct + sums.unknown_card_seconds)',
                'sums.racked_card_seconds_upper'
            )
        }} as lit_rate_of_racked_at_20_pct_upper,
        {{ ratio('sums.lit_card_seconds_lower', 'sums.planned_card_seconds') }} as lit_rate_of_planned_lower,
        {{ ratio('sums.lit_card_seconds_upper', 'sums.planned_card_seconds') }} as lit_rate_of_planned_upper,
        {{ ratio('sums.sold_card_seconds', 'sums.racked_card_seconds_upper') }} as sold_rate_of_racked,
        {{ ratio('sums.installed_card_seconds', 'sums.planned_card_seconds') }} as installed_rate_of_planned,
        {{ ratio('sums.sold_card_seconds', 'sums.planned_card_seconds') }} as sold_rate_of_planned,
        {{ ratio('sums.allocated_card_seconds', 'sums.planned_card_seconds') }} as allocated_rate_of_planned,
        {{ ratio('sums.occupied_card_seconds', 'sums.planned_card_seconds') }} as occupied_rate_of_planned,
        {{ ratio('sums.productive_card_seconds', 'sums.planned_card_seconds') }} as productive_rate_of_planned,
        {{ ratio('least(sums.lit_card_seconds_upper, sums.sold_card_seconds)', 'sums.sold_card_seconds') }}
            as lit_rate_of_sold_upper,
        {{ ratio('sums.racked_capped_card_seconds_lower', 'sums.planned_card_seconds') }}
            as racked_rate_of_planned_device_capped_lower,
        {{ ratio('sums.racked_capped_card_seconds_upper', 'sums.planned_card_seconds') }}
            as racked_rate_of_planned_device_capped_upper,
        {{ ratio('sums.racked_capped_gflops_seconds_lower', 'sums.planned_gflops_seconds') }}
            as racked_rate_of_planned_pflops_capped_lower,
        {{ ratio('sums.racked_capped_gflops_seconds_upper', 'sums.planned_gflops_seconds') }}
            as racked_rate_of_planned_pflops_capped_upper,
        {{ ratio('sums.lit_commissioned_card_seconds_lower', 'sums.commissioned_card_seconds') }}
            as lit_rate_of_commissioned_gross_lower,
        {{ ratio('sums.lit_commissioned_card_seconds_upper', 'sums.commissioned_card_seconds') }}
            as lit_rate_of_commissioned_gross_upper,
        {{
            ratio(
                'sums.lit_commissioned_card_seconds_lower',
                '(sums.commissioned_card_seconds - sums.commissioned_maintenance_card_seconds)'
            )
        }} as lit_rate_of_net_maintenance_lower,
        {{
            ratio(
                'sums.lit_commissioned_card_seconds_upper',
                '(sums.commissioned_card_seconds - sums.commissioned_maintenance_card_seconds)'
            )
        }} as lit_rate_of_net_maintenance_upper,
        {{
            ratio(
                'sums.lit_commissioned_card_seconds_lower',
                '(sums.commissioned_card_seconds - sums.commissioned_maintenance_card_seconds - sums.commissioned_fault_card_seconds)'
            )
        }} as lit_rate_of_available_lower,
        {{
            ratio(
                'sums.lit_commissioned_card_seconds_upper',
                '(sums.commissioned_card_seconds - sums.commissioned_maintenance_card_seconds - sums.commissioned_fault_card_seconds)'
            )
        }} as lit_rate_of_available_upper,
        {{
            ratio(
                'sums.lit_commissioned_card_seconds_lower',
                '(sums.commissioned_card_seconds - sums.maintenance_allowance_card_seconds)'
            )
        }} as lit_rate_of_maintenance_allowance_lower,
        {{
            ratio(
                'sums.lit_commissioned_card_seconds_upper',
                '(sums.commissioned_card_seconds - sums.maintenance_allowance_card_seconds)'
            )
        }} as lit_rate_of_maintenance_allowance_upper,
        sums.planned_card_seconds,
        sums.contested_card_seconds,
        sums.reported_outside_card_seconds,
        sums.unweighted_card_seconds
    from sums
)

select
    rates.scope_id,
    rates.period_grain,
    rates.period_start_on,
    rates.racked_rate_of_planned_device_lower,
    rates.racked_rate_of_planned_device_upper,
    rates.racked_rate_of_planned_pflops_lower,
    rates.racked_rate_of_planned_pflops_upper,
    rates.racked_rate_of_planned_device_at_day_end_lower,
    rates.racked_rate_of_planned_device_at_day_end_upper,
    rates.coverage_of_racked,
    rates.lit_rate_of_racked_lower,
    rates.lit_rate_of_racked_upper,
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
    rates.racked_rate_of_planned_device_capped_lower,
    rates.racked_rate_of_planned_device_capped_upper,
    rates.racked_rate_of_planned_pflops_capped_lower,
    rates.racked_rate_of_planned_pflops_capped_upper,
    rates.lit_rate_of_commissioned_gross_lower,
    rates.lit_rate_of_commissioned_gross_upper,
    rates.lit_rate_of_net_maintenance_lower,
    rates.lit_rate_of_net_maintenance_upper,
    rates.lit_rate_of_available_lower,
    rates.lit_rate_of_available_upper,
    rates.lit_rate_of_maintenance_allowance_lower,
    rates.lit_rate_of_maintenance_allowance_upper,
    case
        when rates.coverage_of_racked >= solid.coverage_solid
            then {{ ratio('rates.lit_card_seconds', 'rates.known_card_seconds') }}
    end as lit_rate_of_racked_observed,
    case
        when rates.racked_card_seconds_upper = 0 then 'empty_denominator'
        when rates.known_card_seconds = 0 then 'nothing_known'
        when rates.coverage_of_racked < solid.coverage_solid then 'coverage_below_95_pct'
    end as lit_rate_of_racked_withheld_reason,
    nullif(
        concat_ws(
            ';',
            case when rates.planned_card_seconds = 0 then 'nothing_planned' end,
            case
                when
                    rates.planned_card_seconds > 0
                    and rates.racked_card_seconds_upper > rates.planned_card_seconds
                    then 'racked_above_plan'
            end,
            case when rates.contested_card_seconds > 0 then 'claimed_by_two_centers' end,
            case when rates.reported_outside_card_seconds > 0 then 'readings_outside_able_time' end,
            case when rates.unweighted_card_seconds > 0 then 'cards_without_weight' end
        ),
        ''
    ) as data_quality_note
from rates
cross join solid
