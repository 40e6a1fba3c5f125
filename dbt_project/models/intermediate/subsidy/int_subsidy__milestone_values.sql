-- Grain: one row per condition of a subsidy: what was achieved, at both bounds, beside what was promised.
-- Touched once is the best day; kept is the whole window, or where months are named those that reach the threshold.
-- What the warehouse cannot measure is taken from the latest assessment, and says so.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

milestones as (
    select
        milestones.*,
        terms.center_id,
        terms.as_of_on,
        cast(milestones.threshold_milli as double) / 1000 as threshold
    from {{ ref('stg_registers__subsidy_milestones') }} as milestones
    inner join terms
        on milestones.programme_id = terms.programme_id
),

days as (
    select * from {{ ref('int_subsidy__milestone_days') }}
),

best_days as (
    select
        milestone_id,
        max({{ ratio('numerator_lower', 'denominator_lower') }}) as best_lower,
        max({{ ratio('numerator_upper', 'denominator_upper') }}) as best_upper
    from days
    group by milestone_id
),

totals as (
    select
        milestone_id,
        metric,
        {{ wide_sum('numerator_lower') }} as numerator_lower,
        {{ wide_sum('numerator_upper') }} as numerator_upper,
        {{ wide_sum('denominator_lower') }} as denominator_lower,
        {{ wide_sum('denominator_upper') }} as denominator_upper
    from days
    group by milestone_id, metric
),

month_values as (
    select
        milestone_id,
        month_start_on,
        {{ ratio(wide_sum('numerator_lower'), wide_sum('denominator_lower')) }} as value_lower,
        {{ ratio(wide_sum('numerator_upper'), wide_sum('denominator_upper')) }} as value_upper
    from days
    where metric <> 'lit_pflops_hours'
    group by milestone_id, month_start_on
),

months as (
    select
        month_values.milestone_id,
        {{ integer_sum('case when month_values.value_lower >= milestones.threshold then 1 end') }} as held_months_lower,
        {{ integer_sum('case when month_values.value_upper >= milestones.threshold then 1 end') }} as held_months_upper
    from month_values
    inner join milestones
        on month_values.milestone_id = milestones.milestone_id
    group by month_values.milestone_id
),

local_shares as (
    select * from {{ ref('int_subsidy__window_shares') }}
    where is_programme_basis
),

investments as (
    select
        windows.milestone_id,
        {{ integer_sum('cash.amount_cny_fen') }} as paid_cny_fen
    from {{ ref('int_subsidy__windows') }} as windows
    inner join milestones
        on windows.milestone_id = milestones.milestone_id
    inner join {{ ref('stg_registers__cash_movements') }} as cash
        on
            windows.center_id = cash.center_id
            and cash.booked_on < windows.to_on
    where
        milestones.metric = 'investment'
        and cash.movement_kind like 'capex%'
    group by windows.milestone_id
),

-- PUE of the whole months of a window; measured where the center and its machines were metered in each of them.
pue_months as (
    select
        windows.milestone_id,
        months.facility_energy_wh,
        months.facility_energy_wh_lower,
        months.machine_energy_wh,
        months.pue_upper is not null as is_metered,
        {{ ratio('months.facility_energy_wh_lower', 'months.machine_energy_wh') }} as pue_lower,
        months.pue_upper
    from {{ ref('int_subsidy__windows') }} as windows
    inner join milestones
        on windows.milestone_id = milestones.milestone_id
    inner join {{ ref('int_energy__center_months') }} as months
        on
            windows.center_id = months.center_id
            and windows.from_on <= months.month_start_on
            and {{ add_months('months.month_start_on', 1) }} <= windows.to_on
    where milestones.metric = 'power_usage_effectiveness'
),

pues as (
    select
        milestone_id,
        {{ ratio('sum(facility_energy_wh_lower)', 'sum(machine_energy_wh)') }} as sustained_lower,
        {{ ratio('sum(facility_energy_wh)', 'sum(machine_energy_wh)') }} as sustained_upper,
        min(pue_lower) as best_lower,
        min(pue_upper) as best_upper
    from pue_months
    group by milestone_id
    having min(case when is_metered then 1 else 0 end) = 1
),

assessments as (
    select *
    from {{ ref('stg_registers__subsidy_assessments') }}
    qualify row_number() over (
        partition by milestone_id
        order by assessed_on desc nulls last, assessment_id desc nulls last
    ) = 1
),

measured as (
    select
        milestones.milestone_id,
        case
            when milestones.metric = 'investment' then cast(investments.paid_cny_fen as double) / 100000000
            when milestones.metric = 'local_share' then local_shares.local_rate_lower
            when milestones.metric = 'power_usage_effectiveness' and milestones.measure_window = 'point_in_time'
                then pues.best_lower
            when milestones.metric = 'power_usage_effectiveness' then pues.sustained_lower
            when milestones.metric = 'lit_pflops_hours' then cast(totals.numerator_lower as double) / 3600000000
            when milestones.measure_window = 'point_in_time' then best_days.best_lower
            when milestones.sustained_months is not null then months.held_months_lower
            else {{ ratio('totals.numerator_lower', 'totals.denominator_lower') }}
        end as measured_lower,
        case
            when milestones.metric = 'investment' then cast(investments.paid_cny_fen as double) / 100000000
            when milestones.metric = 'local_share' then local_shares.local_rate_upper
            when milestones.metric = 'power_usage_effectiveness' and milestones.measure_window = 'point_in_time'
                then pues.best_upper
            when milestones.metric = 'power_usage_effectiveness' then pues.sustained_upper
            when milestones.metric = 'lit_pflops_hours' then cast(totals.numerator_upper as double) / 3600000000
            when milestones.measure_window = 'point_in_time' then best_days.best_upper
            when milestones.sustained_months is not null then months.held_months_upper
            else {{ ratio('totals.numerator_upper', 'totals.denominator_upper') }}
        end as measured_upper,
        milestones.sustained_months is not null
        and milestones.measure_window = 'sustained'
        and milestones.metric not in ('investment', 'local_share', 'lit_pflops_hours', 'power_usage_effectiveness')
            as is_in_months,
        case when milestones.metric in ('lit_of_racked', 'lit_on_plan') then totals.numerator_lower end
            as lit_card_seconds_lower,
        case when milestones.metric in ('lit_of_racked', 'lit_on_plan') then totals.numerator_upper end
            as lit_card_seconds_upper,
        case when milestones.metric in ('lit_of_racked', 'lit_on_plan') then totals.denominator_lower end
            as base_card_seconds
    from milestones
    left join best_days
        on milestones.milestone_id = best_days.milestone_id
    left join totals
        on milestones.milestone_id = totals.milestone_id
    left join months
        on milestones.milestone_id = months.milestone_id
    left join local_shares
        on 'milestone/' || milestones.milestone_id = local_shares.window_id
    left join pues
        on milestones.milestone_id = pues.milestone_id
    left join investments
        on milestones.milestone_id = investments.milestone_id
)

select
    milestones.milestone_id,
    milestones.programme_id,
    milestones.center_id,
    milestones.metric,
    milestones.comparison,
    milestones.due_on,
    milestones.due_on < milestones.as_of_on as is_due,
    milestones.weight_bp,
    case
        when measured.measured_upper is not null then 'measured'
        when assessments.milestone_id is not null then 'assessed'
        else 'none'
    end as value_source,
    case
        when measured.measured_upper is not null and measured.is_in_months
            then cast(milestones.sustained_months as double)
        else milestones.threshold
    end as target_value,
    case
        when measured.measured_upper is not null and measured.is_in_months then 'months'
        else milestones.threshold_unit
    end as target_unit,
    case
        when measured.measured_upper is not null then coalesce(measured.measured_lower, 0)
        else cast(assessments.achieved_lower_milli as double) / 1000
    end as achieved_lower,
    coalesce(
        measured.measured_upper,
        cast(coalesce(assessments.achieved_upper_milli, assessments.achieved_lower_milli) as double) / 1000
    ) as achieved_upper,
    measured.lit_card_seconds_lower,
    measured.lit_card_seconds_upper,
    measured.base_card_seconds
from milestones
inner join measured
    on milestones.milestone_id = measured.milestone_id
left join assessments
    on milestones.milestone_id = assessments.milestone_id
