-- Grain: one row per commitment, closed period and local day from its end to as-of; where its shortfall stood that day.
with days as (
    select
        commitment_id,
        local_day
    from {{ ref('int_offtake__commitment_days') }}
),

periods as (
    select
        commitment_id,
        period_no,
        period_end_on,
        due_on,
        cure_ends_on,
        resolved_on,
        shortfall_quantity_milli > 0 as has_shortfall,
        coalesce(certain_shortfall_quantity_milli, shortfall_quantity_milli) > 0 as has_certain_shortfall,
        true_up_due_cny_fen,
        rolling_eligible_quantity_milli,
        rolling_relieved_quantity_milli,
        lag(cure_ends_on) over in_order as previous_cure_ends_on,
        lag(resolved_on) over in_order as previous_resolved_on,
        lag(shortfall_quantity_milli) over in_order > 0 as has_previous_shortfall,
        lead(period_end_on) over in_order as next_period_end_on
    from {{ ref('int_offtake__period_settled') }}
    where is_closed
    window in_order as (partition by commitment_id order by period_sequence nulls last)
),

standing as (
    select
        days.local_day,
        periods.*,
        (
            periods.has_shortfall
            and (periods.resolved_on is null or days.local_day < periods.resolved_on)
        ) as is_open,
        (
            coalesce(periods.has_previous_shortfall, false)
            and (periods.previous_resolved_on is null or days.local_day < periods.previous_resolved_on)
            and days.local_day > periods.previous_cure_ends_on
        ) as is_previous_uncured,
        -- A lead at the last closed period is NULL: it stays the latest until as-of.
        (periods.next_period_end_on is null or days.local_day < periods.next_period_end_on) as is_latest_closed
    from days
    inner join periods
        on
            days.commitment_id = periods.commitment_id
            and periods.period_end_on <= days.local_day
)

select
    commitment_id,
    period_no,
    local_day,
    true_up_due_cny_fen,
    is_open,
    is_open and has_certain_shortfall as is_certainly_open,
    is_open and local_day > due_on as is_overdue,
    is_open and local_day > cure_ends_on as is_uncured,
    is_open and local_day > cure_ends_on and is_previous_uncured as is_second_uncured_in_a_row,
    coalesce(
        has_shortfall
        and resolved_on > due_on
        and resolved_on <= cure_ends_on
        and resolved_on <= local_day
        and {{ days_between('resolved_on', 'local_day') }} <= {{ policy_number('offtake_cured_days') }},
        false
    ) as is_freshly_cured,
    case when is_latest_closed then rolling_eligible_quantity_milli end as rolling_eligible_quantity_milli,
    case when is_latest_closed then rolling_relieved_quantity_milli end as rolling_relieved_quantity_milli
from standing
