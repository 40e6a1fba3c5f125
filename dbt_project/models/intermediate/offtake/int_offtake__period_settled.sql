-- Grain: one row per commitment and period; what is owed and paid for it, and compliance up to it once it is closed.
with terms as (
    select
        commitment_id,
        as_of_on,
        late_interest_bp
    from {{ ref('int_offtake__commitment_terms') }}
),

true_ups as (
    select * from {{ ref('int_offtake__period_true_up') }}
),

settlements as (
    select * from {{ ref('stg_registers__offtake_settlements') }}
),

payments as (
    select
        settlements.commitment_id,
        settlements.period_no,
        settlements.paid_on,
        settlements.amount_cny_fen,
        terms.as_of_on,
        cast(
            sum(settlements.amount_cny_fen) over (
                partition by settlements.commitment_id, settlements.period_no
                order by settlements.paid_on nulls last, settlements.settlement_id nulls last
            ) as bigint
        ) as paid_so_far_cny_fen
    from settlements
    inner join terms
        on settlements.commitment_id = terms.commitment_id
    where settlements.paid_on <= terms.as_of_on
),

paid as (
    select
        true_ups.commitment_id,
        true_ups.period_no,
        {{ integer_sum('payments.amount_cny_fen') }} as paid_cny_fen,
        -- Fen-days by which payments shorten the debt: each counts up to what was still owed, from the due date on.
        {{ integer_sum(
            '(least(payments.paid_so_far_cny_fen, true_ups.true_up_due_cny_fen)'
            ~ ' - least(payments.paid_so_far_cny_fen - payments.amount_cny_fen, true_ups.true_up_due_cny_fen))'
            ~ ' * greatest(' ~ days_between('greatest(payments.paid_on, true_ups.due_on)', 'payments.as_of_on') ~ ', 0)'
        ) }} as relieved_fen_days,
        -- A shortfall without a price can never be paid, so it never resolves.
        min(
            case
                when true_ups.true_up_due_cny_fen > 0 and payments.paid_so_far_cny_fen >= true_ups.true_up_due_cny_fen
                    then payments.paid_on
            end
        ) as resolved_on
    from true_ups
    inner join payments
        on
            true_ups.commitment_id = payments.commitment_id
            and true_ups.period_no = payments.period_no
    group by true_ups.commitment_id, true_ups.period_no
),

closed_sums as (
    select
        later.commitment_id,
        later.period_no,
        {{ integer_sum('earlier.eligible_quantity_milli') }} as cumulative_eligible_quantity_milli,
        {{ integer_sum('earlier.relieved_quantity_milli') }} as cumulative_relieved_quantity_milli,
        {{ integer_sum(
            'case when earlier.period_sequence > later.period_sequence - later.rolling_period_count '
            'then earlier.eligible_quantity_milli else 0 end'
        ) }} as rolling_eligible_quantity_milli,
        {{ integer_sum(
            'case when earlier.period_sequence > later.period_sequence - later.rolling_period_count '
            'then earlier.relieved_quantity_milli else 0 end'
        ) }} as rolling_relieved_quantity_milli,
        count(*) as closed_period_count
    from true_ups as later
    inner join true_ups as earlier
        on
            later.commitment_id = earlier.commitment_id
            and later.period_sequence >= earlier.period_sequence
    where
        later.is_closed
        and earlier.is_closed
    group by later.commitment_id, later.period_no
)

select
    true_ups.commitment_id,
    true_ups.period_no,
    true_ups.period_sequence,
    true_ups.period_start_on,
    true_ups.period_end_on,
    true_ups.due_on,
    true_ups.cure_ends_on,
    paid.resolved_on,
    true_ups.is_started,
    true_ups.is_closed,
    true_ups.rolling_period_count,
    true_ups.signed_quantity_milli,
    true_ups.amended_day_count,
    true_ups.committed_quantity_milli,
    true_ups.relieved_quantity_milli,
    true_ups.related_cap_quantity_milli,
    true_ups.gross_quantity_milli,
    true_ups.unrelated_quantity_milli,
    true_ups.related_quantity_milli,
    true_ups.refused_sublet_quantity_milli,
    true_ups.eligible_quantity_milli,
    true_ups.eligible_upper_quantity_milli,
    true_ups.other_unit_row_count,
    case when true_ups.is_started then true_ups.credit_available_quantity_milli end as credit_available_quantity_milli,
    true_ups.credit_used_quantity_milli,
    true_ups.credit_new_quantity_milli,
    true_ups.shortfall_quantity_milli,
    true_ups.certain_shortfall_quantity_milli,
    true_ups.floor_price_cny_fen,
    true_ups.true_up_due_cny_fen,
    true_ups.true_up_net_cny_fen,
    cast(
        round(
            (
                cast(true_ups.true_up_due_cny_fen as double)
                * greatest({{ days_between('true_ups.due_on', 'terms.as_of_on') }}, 0)
                - coalesce(paid.relieved_fen_days, 0)
            ) * terms.late_interest_bp / 10000 / 365
        ) as bigint
    ) as late_interest_cny_fen,
    coalesce(paid.paid_cny_fen, 0) as paid_cny_fen,
    true_ups.true_up_due_cny_fen - coalesce(paid.paid_cny_fen, 0) as outstanding_cny_fen,
    closed_sums.cumulative_eligible_quantity_milli,
    closed_sums.cumulative_relieved_quantity_milli,
    case
        when closed_sums.closed_period_count >= true_ups.rolling_period_count
            then closed_sums.rolling_eligible_quantity_milli
    end as rolling_eligible_quantity_milli,
    case
        when closed_sums.closed_period_count >= true_ups.rolling_period_count
            then closed_sums.rolling_relieved_quantity_milli
    end as rolling_relieved_quantity_milli
from true_ups
inner join terms
    on true_ups.commitment_id = terms.commitment_id
left join paid
    on
        true_ups.commitment_id = paid.commitment_id
        and true_ups.period_no = paid.period_no
left join closed_sums
    on
        true_ups.commitment_id = closed_sums.commitment_id
        and true_ups.period_no = closed_sums.period_no
