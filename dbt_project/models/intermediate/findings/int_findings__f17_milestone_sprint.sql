-- Grain: one row per center and quarter of a milestone on racked or lit shares that was reached by a rise shortly
-- before it and left by a fall shortly after. Weeks are compared: the one before the window, the one up to the
-- milestone, and the last one of the window after it. Rise and fall count as little as unknown time allows; where the
-- window after has not passed yet it is undetermined.
with milestones as (
    select
        programmes.center_id,
        milestones.milestone_id,
        milestones.due_on,
        case when milestones.metric = 'racked_of_plan' then 'racked' else 'lit' end as measure
    from {{ ref('stg_registers__subsidy_milestones') }} as milestones
    inner join {{ ref('stg_registers__subsidy_programmes') }} as programmes
        on milestones.programme_id = programmes.programme_id
    where milestones.metric in ('racked_of_plan', 'lit_of_racked', 'lit_on_plan', 'lit_pflops_hours')
),

plan_days as (
    select
        center_id,
        local_day,
        planned_card_seconds
    from {{ ref('int_utilization__center_days') }}
),

card_days as (
    select
        center_id,
        local_day,
        sum(lit_seconds) as lit_seconds,
        sum(able_seconds - known_seconds) as unknown_seconds,
        sum(proven_able_seconds) as proven_able_seconds,
        sum(able_seconds) as able_seconds
    from {{ ref('int_findings__card_days') }}
    group by center_id, local_day
),

center_days as (
    select
        plan_days.center_id,
        plan_days.local_day,
        plan_days.planned_card_seconds,
        coalesce(card_days.lit_seconds, 0) as lit_seconds,
        coalesce(card_days.unknown_seconds, 0) as unknown_seconds,
        coalesce(card_days.proven_able_seconds, 0) as proven_able_seconds,
        coalesce(card_days.able_seconds, 0) as able_seconds
    from plan_days
    left join card_days
        on
            plan_days.center_id = card_days.center_id
            and plan_days.local_day = card_days.local_day
    where plan_days.planned_card_seconds > 0
),

weeks as (
    select
        milestones.center_id,
        milestones.milestone_id,
        milestones.due_on,
        case
            when center_days.local_day < {{ add_days('milestones.due_on', '-8') }} then 'before'
            when center_days.local_day < milestones.due_on then 'at'
            else 'after'
        end as week,
        count(*) as day_count,
        sum(center_days.planned_card_seconds) as planned_card_seconds,
        sum(
            case when milestones.measure = 'lit' then center_days.lit_seconds else center_days.proven_able_seconds end
        ) as seconds_lower,
        sum(
            case
                when milestones.measure = 'lit' then center_days.lit_seconds + center_days.unknown_seconds
                else center_days.able_seconds
            end
        ) as seconds_upper
    from milestones
    inner join center_days
        on
            milestones.center_id = center_days.center_id
            and (
                (
                    center_days.local_day
                    >= {{ add_days('milestones.due_on', '-7 - ' ~ policy_number('f17_before_days')) }}
                    and center_days.local_day
                    < {{ add_days('milestones.due_on', '-' ~ policy_number('f17_before_days')) }}
                )
                or (
                    center_days.local_day >= {{ add_days('milestones.due_on', '-7') }}
                    and center_days.local_day < milestones.due_on
                )
                or (
                    center_days.local_day
                    >= {{ add_days('milestones.due_on', policy_number('f17_after_days') ~ ' - 7') }}
                    and center_days.local_day < {{ add_days('milestones.due_on', policy_number('f17_after_days')) }}
                )
            )
    group by
        milestones.center_id,
        milestones.milestone_id,
        milestones.due_on,
        case
            when center_days.local_day < {{ add_days('milestones.due_on', '-8') }} then 'before'
            when center_days.local_day < milestones.due_on then 'at'
            else 'after'
        end
),

compared as (
    select
        at_week.center_id,
        at_week.milestone_id,
        at_week.due_on,
        {{ ratio('100 * at_week.seconds_lower', 'at_week.planned_card_seconds') }}
        - {{ ratio('100 * before_week.seconds_upper', 'before_week.planned_card_seconds') }} as rise_pp,
        case
            when after_week.day_count = 7
                then
                    {{ ratio('100 * at_week.seconds_lower', 'at_week.planned_card_seconds') }}
                    - {{ ratio('100 * after_week.seconds_upper', 'after_week.planned_card_seconds') }}
        end as fall_pp
    from weeks as at_week
    inner join weeks as before_week
        on
            at_week.milestone_id = before_week.milestone_id
            and before_week.week = 'before'
            and before_week.day_count = 7
    left join weeks as after_week
        on
            at_week.milestone_id = after_week.milestone_id
            and after_week.week = 'after'
    where at_week.week = 'at' and at_week.day_count = 7
),

matches as (
    select * from compared
    where
        rise_pp > {{ policy_number('f17_rise_pp') }}
        and (fall_pp is null or fall_pp > {{ policy_number('f17_fall_pp') }})
),

found as (
    select
        center_id,
        'center' as subject_kind,
        center_id as subject_id,
        {{ quarter_start('due_on') }} as period_start_on,
        {{ add_days('min(due_on)', '-7 - ' ~ policy_number('f17_before_days')) }} as evidence_start_on,
        {{ add_days('max(due_on)', policy_number('f17_after_days')) }} as period_end_on,
        max(rise_pp) as observed,
        {{ policy_number('f17_rise_pp') }} as expected,
        case when count(fall_pp) > 0 then 'holds' else 'undetermined' end as verdict,
        false as is_weak,
        case when count(fall_pp) > 0 then 0.6 else 0.2 end as confidence,
        count(*) as evidence_count,
        min(milestone_id) as first_evidence_key,
        max(milestone_id) as last_evidence_key
    from matches
    group by center_id, {{ quarter_start('due_on') }}
)

{{ finding_shape('F17', 'found') }}
