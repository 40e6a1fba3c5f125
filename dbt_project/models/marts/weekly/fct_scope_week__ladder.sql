-- Grain: one row per scope (a center, or ALL) and ISO week.
with days as (
    select
        sums.*,
        cast(date_trunc('week', sums.period_start_on) as date) as week_start_on
    from {{ ref('int_utilization__period_sums') }} as sums
    where sums.period_grain = 'day'
),

evidence as (
    select
        center_id as scope_id,
        local_day,
        evidence_a_seconds,
        evidence_b_seconds,
        evidence_c_seconds,
        evidence_d_seconds
    from {{ ref('fct_center_day__data_quality') }}
    union all
    select
        'ALL' as scope_id,
        local_day,
        sum(evidence_a_seconds) as evidence_a_seconds,
        sum(evidence_b_seconds) as evidence_b_seconds,
        sum(evidence_c_seconds) as evidence_c_seconds,
        sum(evidence_d_seconds) as evidence_d_seconds
    from {{ ref('fct_center_day__data_quality') }}
    group by local_day
),

sums as (
    select
        days.scope_id,
        days.week_start_on,
        cast(count(*) as bigint) as day_count,
        {{ integer_sum('days.planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('days.installed_card_seconds') }} as installed_card_seconds,
        {{ integer_sum('days.racked_card_seconds_lower') }} as racked_card_seconds_lower,
        {{ integer_sum('days.racked_card_seconds_upper') }} as racked_card_seconds_upper,
        {{ integer_sum('days.sold_card_seconds') }} as sold_card_seconds,
        {{ integer_sum('days.known_card_seconds') }} as known_card_seconds,
        {{ integer_sum('days.unknown_card_seconds') }} as unknown_card_seconds,
        {{ integer_sum('days.lit_card_seconds_lower') }} as lit_card_seconds_lower,
        {{ integer_sum('days.lit_card_seconds_upper') }} as lit_card_seconds_upper,
        {{ integer_sum('days.productive_card_seconds') }} as productive_card_seconds,
        {{ integer_sum('days.productive_known_card_seconds') }} as productive_known_card_seconds,
        {{ integer_sum('evidence.evidence_a_seconds') }} as evidence_a_card_seconds,
        {{ integer_sum('evidence.evidence_b_seconds') }} as evidence_b_card_seconds,
        {{ integer_sum('evidence.evidence_c_seconds') }} as evidence_c_card_seconds,
        {{ integer_sum('evidence.evidence_d_seconds') }} as evidence_d_card_seconds
    from days
    left join evidence
        on
            days.scope_id = evidence.scope_id
            and days.period_start_on = evidence.local_day
    group by days.scope_id, days.week_start_on
)

select
    sums.scope_id,
    sums.week_start_on,
    weeks.week_end_on,
    sums.day_count,
    weeks.is_over,
    sums.planned_card_seconds,
    sums.installed_card_seconds,
    sums.racked_card_seconds_lower,
    sums.racked_card_seconds_upper,
    sums.sold_card_seconds,
    sums.known_card_seconds,
    sums.unknown_card_seconds,
    sums.lit_card_seconds_lower,
    sums.lit_card_seconds_upper,
    sums.productive_card_seconds,
    sums.productive_known_card_seconds,
    sums.evidence_a_card_seconds,
    sums.evidence_b_card_seconds,
    sums.evidence_c_card_seconds,
    sums.evidence_d_card_seconds,
    before.planned_card_seconds as planned_card_seconds_before,
    before.installed_card_seconds as installed_card_seconds_before,
    before.racked_card_seconds_upper as racked_card_seconds_upper_before,
    before.sold_card_seconds as sold_card_seconds_before,
    before.lit_card_seconds_lower as lit_card_seconds_lower_before,
    before.lit_card_seconds_upper as lit_card_seconds_upper_before,
    before.productive_card_seconds as productive_card_seconds_before,
    {{ ratio('sums.racked_card_seconds_lower', 'sums.planned_card_seconds') }} as racked_rate_of_planned_lower,
    {{ ratio('sums.racked_card_seconds_upper', 'sums.planned_card_seconds') }} as racked_rate_of_planned_upper,
    {{ ratio('sums.sold_card_seconds', 'sums.racked_card_seconds_upper') }} as sold_rate_of_racked,
    {{ ratio('sums.lit_card_seconds_lower', 'sums.racked_card_seconds_upper') }} as lit_rate_of_racked_lower,
    {{ ratio('sums.lit_card_seconds_upper', 'sums.racked_card_seconds_upper') }} as lit_rate_of_racked_upper,
    {{ ratio('sums.known_card_seconds', 'sums.racked_card_seconds_upper') }} as coverage_of_racked
from sums
inner join {{ ref('int_weekly__weeks') }} as weeks
    on sums.week_start_on = weeks.week_start_on
left join sums as before
    on
        sums.scope_id = before.scope_id
        and sums.week_start_on = {{ add_days('before.week_start_on', 7) }}
