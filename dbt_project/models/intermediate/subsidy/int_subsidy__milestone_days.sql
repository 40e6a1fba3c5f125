-- Grain: one row per condition that the warehouse measures and day of its window: what its metric divides.
-- The lower bound reads what is not known against the claimant, the upper bound for it.
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

use_days as (
    select
        center_id,
        local_day,
        {% for part in ['planned', 'able', 'lit_lower', 'lit_upper', 'business_lower', 'business_upper',
            'external_lower', 'external_upper'] %}
            {{ integer_sum(part ~ '_card_seconds') }} as {{ part }}_card_seconds,
        {% endfor %}
        {{ wide_sum('planned_end_gflops') }} as planned_end_gflops,
        {{ wide_sum('delivered_end_gflops_lower') }} as delivered_end_gflops_lower,
        {{ wide_sum('delivered_end_gflops_upper') }} as delivered_end_gflops_upper,
        {{ wide_sum('business_gflops_seconds_lower') }} as business_gflops_seconds_lower,
        {{ wide_sum('business_gflops_seconds_upper') }} as business_gflops_seconds_upper
    from {{ ref('int_subsidy__use_days') }}
    group by center_id, local_day
),

placed as (
    select
        windows.milestone_id,
        windows.programme_id,
        milestones.metric,
        use_days.*
    from windows
    inner join milestones
        on windows.milestone_id = milestones.milestone_id
    inner join use_days
        on
            windows.center_id = use_days.center_id
            and windows.from_on <= use_days.local_day
            and use_days.local_day < windows.to_on
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
            when placed.metric = 'external_share' then placed.external_lower_card_seconds
            else placed.business_lower_card_seconds
        end as decimal(38, 0)
    ) as numerator_lower,
    cast(
        case
            when placed.metric in ('racked_of_plan', 'delivered_pflops') then placed.delivered_end_gflops_upper
            when placed.metric = 'lit_pflops_hours' then placed.business_gflops_seconds_upper
            when placed.metric = 'external_share' then placed.external_upper_card_seconds
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
            when 'external_share'
                then
                    placed.external_upper_card_seconds
                    + placed.lit_lower_card_seconds
                    - placed.external_lower_card_seconds
            when 'lit_of_racked' then placed.able_card_seconds
            when 'lit_on_plan' then placed.planned_card_seconds
        end as decimal(38, 0)
    ) as denominator_upper
from placed
