-- Grain: one row per condition that the warehouse measures and day of its window: what its metric divides.
-- The lower bound reads what is not known against the claimant, the upper bound for it. The external share is that of
-- organic use in lit time.
with windows as (
    select * from {{ ref('int_subsidy__windows') }}
    where milestone_id is not null
),

milestones as (
    select
        milestone_id,
        metric
    from {{ ref('stg_registers__subsidy_milestones') }}
    where
        metric in (
            'racked_of_plan', 'lit_of_racked', 'lit_on_plan', 'delivered_pflops', 'lit_pflops_hours', 'external_share'
        )
),

organic_days as (
    select
        center_id,
        local_day,
        {{ integer_sum('organic_card_seconds_lower') }} as organic_card_seconds_lower,
        {{ integer_sum('organic_card_seconds_upper') }} as organic_card_seconds_upper,
        {{ integer_sum('other_lit_card_seconds') }} as other_lit_card_seconds
    from {{ ref('int_subsidy__organic_days') }}
    group by center_id, local_day
),

placed as (
    select
        windows.milestone_id,
        windows.programme_id,
        milestones.metric,
        use_days.*,
        coalesce(organic_days.organic_card_seconds_lower, 0) as organic_card_seconds_lower,
        coalesce(organic_days.organic_card_seconds_upper, 0) as organic_card_seconds_upper,
        coalesce(organic_days.other_lit_card_seconds, 0) as other_lit_card_seconds
    from windows
    inner join milestones
        on windows.milestone_id = milestones.milestone_id
    inner join {{ ref('int_subsidy__use_days') }} as use_days
        on
            windows.center_id = use_days.center_id
            and windows.from_on <= use_days.local_day
            and use_days.local_day < windows.to_on
    left join organic_days
        on
            use_days.center_id = organic_days.center_id
            and use_days.local_day = organic_days.local_day
)

select
    placed.milestone_id,
    placed.programme_id,
    placed.center_id,
    placed.metric,
    placed.local_day,
    {{ month_start('placed.local_day') }} as month_start_on,
    cast(
        case
            when placed.metric in ('racked_of_plan', 'delivered_pflops') then placed.delivered_end_gflops_lower
            when placed.metric = 'lit_pflops_hours' then placed.business_gflops_seconds_lower
            when placed.metric = 'external_share' then placed.organic_card_seconds_lower
            else placed.business_lower_card_seconds
        end as decimal(38, 0)
    ) as numerator_lower,
    cast(
        case
            when placed.metric in ('racked_of_plan', 'delivered_pflops') then placed.delivered_end_gflops_upper
            when placed.metric = 'lit_pflops_hours' then placed.business_gflops_seconds_upper
            when placed.metric = 'external_share' then placed.organic_card_seconds_upper
            else placed.business_upper_card_seconds
        end as decimal(38, 0)
    ) as numerator_upper,
    cast(
        case placed.metric
            when 'racked_of_plan' then placed.planned_end_gflops
            when 'delivered_pflops' then 1000000
            when 'external_share' then placed.lit_upper_card_seconds
            when 'lit_of_racked' then placed.able_card_seconds
            when 'lit_on_plan' then placed.planned_card_seconds
        end as decimal(38, 0)
    ) as denominator_lower,
    cast(
        case placed.metric
            when 'racked_of_plan' then placed.planned_end_gflops
            when 'delivered_pflops' then 1000000
            when 'external_share' then placed.organic_card_seconds_upper + placed.other_lit_card_seconds
            when 'lit_of_racked' then placed.able_card_seconds
            when 'lit_on_plan' then placed.planned_card_seconds
        end as decimal(38, 0)
    ) as denominator_upper
from placed
