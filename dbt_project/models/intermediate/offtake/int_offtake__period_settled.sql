-- Grain: one row per commitment and period; what is owed and paid for it, and compliance up to it once it is closed.
with terms as (
    select
        commitment_id,
        as_of_on
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
        -- A shortfall without a price can never be paid: neither all of it, nor what later take left or certainly left.
    {% for owed in ['unfilled_true_up', 'true_up_due', 'certain_true_up'] -%}
        min(
            case
                when
                    true_ups.{{ owed }}_cny_fen > 0
                    and payments.paid_so_far_cny_fen >= true_ups.{{ owed }}_cny_fen
                    then payments.paid_on
            end
        ) as {{ owed }}_paid_on{{ ',' if not loop.last }}
    {% endfor %}
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
        -- One period without an upper bound leaves the sum without one.
        case
            when count(earlier.eligible_upper_quantity_milli) = count(*)
                then {{ integer_sum('earlier.eligible_upper_quantity_milli') }}
        end as cumulative_eligible_upper_milli,
        {{ integer_sum('earlier.relieved_quantity_milli') }} as cumulative_relieved_quantity_milli,
        {{ integer_sum(
            'case when earlier.period_sequence > later.period_sequence - later.rolling_period_count '
            'then earlier.eligible_quantity_milli else 0 end'
        ) }} as rolling_eligible_quantity_milli,
        {{ integer_sum(
            'case when earlier.period_sequence > later.period_sequence - later.rolling_period_count '
            'then earlier.relieved_quantity_milli else 0 end'
        ) }} as rolling_relieved_quantity_milli,
        case
            when
                count(
                    case
                        when
                            earlier.period_sequence > later.period_sequence - later.rolling_period_count
                            and earlier.eligible_upper_quantity_milli is null
                            then 1
                    end
                ) = 0
                then {{ integer_sum(
                    'case when earlier.period_sequence > later.period_sequence - later.rolling_period_count '
                    'then earlier.eligible_upper_quantity_milli else 0 end'
                ) }}
        end as rolling_eligible_upper_milli,
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
),

-- Later take and money settle a shortfall together: on the day the second of them came, or all of it was paid before.
resolved as (
    select
        true_ups.commitment_id,
        true_ups.period_no,
        case
            when true_ups.shortfall_quantity_milli = 0 then null
            when true_ups.filled_quantity_milli = 0 then paid.unfilled_true_up_paid_on
            when true_ups.filled_quantity_milli = true_ups.shortfall_quantity_milli
                then least(coalesce(paid.unfilled_true_up_paid_on, true_ups.filled_on), true_ups.filled_on)
            when paid.true_up_due_paid_on is not null
                then least(
                    coalesce(paid.unfilled_true_up_paid_on, greatest(paid.true_up_due_paid_on, true_ups.filled_on)),
                    greatest(paid.true_up_due_paid_on, true_ups.filled_on)
                )
        end as resolved_on
    from true_ups
    left join paid
        on
            true_ups.commitment_id = paid.commitment_id
            and true_ups.period_no = paid.period_no
)

select
    true_ups.commitment_id,
    true_ups.period_no,
    true_ups.period_sequence,
    true_ups.period_start_on,
    true_ups.period_end_on,
    true_ups.due_on,
    true_ups.cure_ends_on,
    resolved.resolved_on,
    -- The first day on which what is certainly short was paid, or can have been filled.
    {{ first_day_of(['resolved.resolved_on', 'paid.certain_true_up_paid_on', 'true_ups.certain_filled_on']) }}
        as certain_resolved_on,
    true_ups.is_started,
    true_ups.is_closed,
    true_ups.rolling_period_count,
    true_ups.shortfall_mode,
    true_ups.signed_quantity_milli,
    true_ups.amended_day_count,
    true_ups.committed_quantity_milli,
    true_ups.relieved_quantity_milli,
    true_ups.related_cap_quantity_milli,
    true_ups.gross_quantity_milli,
    true_ups.unrelated_quantity_milli,
    true_ups.related_quantity_milli,
    true_ups.refused_sublet_quantity_milli,
    true_ups.suspect_quantity_milli,
    true_ups.eligible_quantity_milli,
    true_ups.eligible_upper_quantity_milli,
    true_ups.converted_row_count,
    true_ups.other_unit_row_count,
    true_ups.refused_reason,
    case when true_ups.is_started then true_ups.credit_available_quantity_milli end as credit_available_quantity_milli,
    true_ups.credit_used_quantity_milli,
    true_ups.credit_new_quantity_milli,
    true_ups.shortfall_quantity_milli,
    true_ups.filled_quantity_milli,
    true_ups.filled_on,
    true_ups.certain_shortfall_quantity_milli,
    true_ups.shortfall_price_cny_fen,
    true_ups.floor_price_cny_fen,
    true_ups.unfilled_true_up_cny_fen,
    true_ups.certain_true_up_cny_fen,
    true_ups.true_up_due_cny_fen,
    true_ups.true_up_net_cny_fen,
    cast(
        round(
            (
                cast(true_ups.true_up_due_cny_fen as double)
                * greatest({{ days_between('true_ups.due_on', 'terms.as_of_on') }}, 0)
                - coalesce(paid.relieved_fen_days, 0)
                -- What later take filled was owed until then.
                + cast(true_ups.unfilled_true_up_cny_fen - true_ups.true_up_due_cny_fen as double)
                * coalesce(greatest({{ days_between('true_ups.due_on', 'true_ups.filled_on') }}, 0), 0)
            ) * true_ups.late_interest_bp / 10000 / 365
        ) as bigint
    ) as late_interest_cny_fen,
    coalesce(paid.paid_cny_fen, 0) as paid_cny_fen,
    true_ups.true_up_due_cny_fen - coalesce(paid.paid_cny_fen, 0) as outstanding_cny_fen,
    closed_sums.cumulative_eligible_quantity_milli,
    closed_sums.cumulative_eligible_upper_milli,
    closed_sums.cumulative_relieved_quantity_milli,
    case
        when closed_sums.closed_period_count >= true_ups.rolling_period_count
            then closed_sums.rolling_eligible_quantity_milli
    end as rolling_eligible_quantity_milli,
    case
        when closed_sums.closed_period_count >= true_ups.rolling_period_count
            then closed_sums.rolling_eligible_upper_milli
    end as rolling_eligible_upper_milli,
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
left join resolved
    on
        true_ups.commitment_id = resolved.commitment_id
        and true_ups.period_no = resolved.period_no
left join closed_sums
    on
        true_ups.commitment_id = closed_sums.commitment_id
        and true_ups.period_no = closed_sums.period_no
