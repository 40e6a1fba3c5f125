-- Grain: one row per center, or its gaps, and quarter in which telemetry went silent before a settlement day although
-- it does not otherwise (coverage of the window against the center's other weeks, of which few may be as silent; time
-- in declared maintenance is left out), or went silent when cards were idle.
with center_days as (
    select
        center_id,
        local_day,
        sum(able_seconds) as able_seconds,
        sum(known_seconds) as known_seconds,
        sum(maintenance_seconds) as maintenance_seconds,
        sum(day_seconds) as day_seconds
    from {{ ref('int_findings__card_days') }}
    where first_known_on <= local_day
    group by center_id, local_day
    having sum(able_seconds) > 0
),

bounds as (
    select
        center_id,
        min(local_day) as first_day,
        max(local_day) as last_day
    from center_days
    group by center_id
),

windows as (
    select
        settlement_days.center_id,
        settlement_days.settled_on,
        {{ add_days('settlement_days.settled_on', '-' ~ policy_number('f11_window_days')) }} as window_start_on
    from {{ ref('int_findings__settlement_days') }} as settlement_days
    inner join bounds
        on
            settlement_days.center_id = bounds.center_id
            and {{ add_days('settlement_days.settled_on', '-' ~ policy_number('f11_window_days')) }} >= bounds.first_day
            and settlement_days.settled_on <= {{ add_days('bounds.last_day', '1') }}
),

-- Weeks are counted back from the settlement day, so that the window is whole weeks too.
weeks as (
    select
        windows.center_id,
        windows.settled_on,
        windows.window_start_on,
        {{ whole_division(days_between('center_days.local_day', 'windows.settled_on') ~ ' - 1 + 7000', '7') }}
            as week_no,
        max(
            case
                when
                    center_days.local_day >= windows.window_start_on and center_days.local_day < windows.settled_on
                    then 1
                else 0
            end
        ) as is_window,
        sum(center_days.able_seconds) as able_seconds,
        sum(center_days.known_seconds) as known_seconds,
        sum(center_days.maintenance_seconds) as maintenance_seconds,
        {{ ratio('sum(center_days.known_seconds)', 'sum(center_days.able_seconds)') }} as coverage
    from windows
    inner join center_days
        on windows.center_id = center_days.center_id
    group by
        windows.center_id,
        windows.settled_on,
        windows.window_start_on,
        {{ whole_division(days_between('center_days.local_day', 'windows.settled_on') ~ ' - 1 + 7000', '7') }}
),

in_window as (
    select
        center_id,
        settled_on,
        window_start_on,
        {{ ratio('sum(known_seconds)', 'sum(able_seconds)') }} as coverage,
        sum(maintenance_seconds) as maintenance_seconds,
        sum(able_seconds) as able_seconds
    from weeks
    where is_window = 1
    group by center_id, settled_on, window_start_on
),

-- Weeks before other settlement days are no measure of an ordinary week.
other_weeks as (
    select
        weeks.center_id,
        weeks.settled_on,
        weeks.week_no,
        weeks.coverage,
        weeks.known_seconds,
        weeks.able_seconds
    from weeks
    where
        weeks.is_window = 0
        and not exists (
            select 1
            from windows as other_windows
            where
                other_windows.center_id = weeks.center_id
                and {{ add_days('weeks.settled_on', '-7 * (weeks.week_no - 1000)') }} > other_windows.window_start_on
                and {{ add_days('weeks.settled_on', '-7 * (weeks.week_no - 999)') }} < other_windows.settled_on
        )
),

compared as (
    select
        in_window.center_id,
        in_window.settled_on,
        in_window.window_start_on,
        in_window.coverage,
        count(*) as week_count,
        sum(case when other_weeks.coverage <= in_window.coverage then 1 else 0 end) as as_silent_week_count,
        {{ ratio('sum(other_weeks.known_seconds)', 'sum(other_weeks.able_seconds)') }} as other_coverage
    from in_window
    inner join other_weeks
        on
            in_window.center_id = other_weeks.center_id
            and in_window.settled_on = other_weeks.settled_on
    where in_window.maintenance_seconds * 10 < in_window.able_seconds
    group by in_window.center_id, in_window.settled_on, in_window.window_start_on, in_window.coverage
),

matches as (
    select * from compared
    where
        week_count >= {{ policy_number('f11_min_weeks') }}
        and (other_coverage - coverage) * 100 >= {{ policy_number('f11_drop_pp') }}
        and as_silent_week_count + 1 <= {{ policy_number('f11_rank_share') }} * (week_count + 1)
),

found as (
    select
        center_id,
        'center' as subject_kind,
        center_id as subject_id,
        {{ quarter_start('settled_on') }} as period_start_on,
        min(window_start_on) as evidence_start_on,
        max(settled_on) as period_end_on,
        max(other_coverage - coverage) * 100 as observed,
        {{ policy_number('f11_drop_pp') }} as expected,
        'holds' as verdict,
        false as is_weak,
        0.6 as confidence,
        count(*) as evidence_count,
        center_id || ' / ' || cast(min(window_start_on) as string) as first_evidence_key,
        center_id || ' / ' || cast(max(settled_on) as string) as last_evidence_key
    from matches
    group by center_id, {{ quarter_start('settled_on') }}
    union all
    select
        center_id,
        'gaps' as subject_kind,
        center_id as subject_id,
        quarter_start_on as period_start_on,
        first_day as evidence_start_on,
        {{ add_days('last_day', '1') }} as period_end_on,
        drop_pp as observed,
        {{ policy_number('f11_drop_pp') }} as expected,
        'holds' as verdict,
        false as is_weak,
        0.5 as confidence,
        gap_count as evidence_count,
        center_id || ' / ' || cast(first_day as string) as first_evidence_key,
        center_id || ' / ' || cast(last_day as string) as last_evidence_key
    from {{ ref('int_findings__silence_after_idle') }}
)

{{ finding_shape('F11', 'found') }}
