-- Grain: one row per commitment and day on which its state changed.
with days as (
    select
        *,
        lag(state) over (partition by commitment_id order by local_day nulls last) as previous_state,
        lag(state_at_lower) over (partition by commitment_id order by local_day nulls last) as previous_state_at_lower,
        lag(state_at_upper) over (partition by commitment_id order by local_day nulls last) as previous_state_at_upper
    from {{ ref('int_offtake__day_states') }}
),

changes as (
    select * from days
    where
        previous_state is null
        or previous_state <> state
        -- What is undetermined between other two states has changed as well.
        or previous_state_at_lower <> state_at_lower
        or previous_state_at_upper <> state_at_upper
),

periods as (
    select * from {{ ref('int_offtake__period_settled') }}
),

settlements as (
    select
        commitment_id,
        paid_on,
        min(settlement_id) as settlement_id,
        min(period_no) as settled_period_no
    from {{ ref('stg_registers__offtake_settlements') }}
    group by commitment_id, paid_on
),

-- What happened to a period that day; a clock runs out at the end of its last day, so it shows on the next.
causes as (
    select
        changes.commitment_id,
        changes.local_day,
        max(case when periods.period_end_on = changes.local_day then periods.period_no end) as closed_period_no,
        max(case when periods.filled_on = changes.local_day then periods.period_no end) as filled_period_no,
        max(
            case when {{ add_days('periods.due_on', 1) }} = changes.local_day then periods.period_no end
        ) as due_passed_period_no,
        max(
            case when {{ add_days('periods.cure_ends_on', 1) }} = changes.local_day then periods.period_no end
        ) as cure_passed_period_no
    from changes
    inner join periods
        on changes.commitment_id = periods.commitment_id
    group by changes.commitment_id, changes.local_day
)

select
    changes.commitment_id,
    changes.local_day as changed_on,
    changes.center_id,
    changes.vendor_party_id,
    changes.previous_state,
    changes.state,
    changes.state_at_lower,
    changes.state_at_upper,
    case
        when changes.previous_state is null then 'first_day'
        when changes.previous_state = 'not_started' then 'period_began'
        when changes.state in ('terminated', 'completed') then 'document'
        when settlements.settlement_id is not null then 'payment'
        when causes.filled_period_no is not null then 'made_up'
        when causes.cure_passed_period_no is not null then 'cure_passed'
        when causes.due_passed_period_no is not null then 'due_passed'
        when causes.closed_period_no is not null then 'period_closed'
        else 'take'
    end as cause,
    coalesce(
        settlements.settled_period_no,
        causes.filled_period_no,
        causes.cure_passed_period_no,
        causes.due_passed_period_no,
        causes.closed_period_no,
        changes.period_no
    )
        as period_no,
    settlements.settlement_id,
    changes.outstanding_cny_fen,
    changes.rule_version
from changes
left join causes
    on
        changes.commitment_id = causes.commitment_id
        and changes.local_day = causes.local_day
left join settlements
    on
        changes.commitment_id = settlements.commitment_id
        and changes.local_day = settlements.paid_on
