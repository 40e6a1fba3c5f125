-- Grain: one row per commitment, closed period and local day from its end to as-of; where its shortfall stood that day.
-- Columns that begin with `certain_` hold whatever the time that is not known was, the others at the lower bound.
{%- set cases = ['', 'certain_'] %}

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
        filled_on,
        {% for case in cases -%}
            coalesce({{ case }}shortfall_quantity_milli, shortfall_quantity_milli) > 0 as {{ case }}has_shortfall,
            coalesce({{ case }}resolved_on, resolved_on) as {{ case }}resolved_on,
            lag(coalesce({{ case }}shortfall_quantity_milli, shortfall_quantity_milli)) over in_order > 0
                as {{ case }}has_previous_shortfall,
            lag(coalesce({{ case }}resolved_on, resolved_on)) over in_order as {{ case }}previous_resolved_on,
        {% endfor -%}
        coalesce(shortfall_mode, 'pay_difference') in ('make_up', 'extend_term') as is_owed_in_quantity,
        coalesce(unfilled_true_up_cny_fen, true_up_due_cny_fen) as unfilled_true_up_cny_fen,
        true_up_due_cny_fen,
        rolling_eligible_quantity_milli,
        rolling_eligible_upper_milli,
        rolling_relieved_quantity_milli,
        lag(cure_ends_on) over in_order as previous_cure_ends_on,
        lead(period_end_on) over in_order as next_period_end_on
    from {{ ref('int_offtake__period_settled') }}
    where is_closed
    window in_order as (partition by commitment_id order by period_sequence nulls last)
),

standing as (
    select
        days.local_day,
        periods.*,
        {% for case in cases -%}
            (
                {{ 'periods.' ~ case ~ 'has_shortfall' }}
                and (
                    {{ 'periods.' ~ case ~ 'resolved_on' }} is null
                    or days.local_day < {{ 'periods.' ~ case ~ 'resolved_on' }}
                )
            ) as {{ case }}is_open,
            (
                coalesce({{ 'periods.' ~ case ~ 'has_previous_shortfall' }}, false)
                and (
                    {{ 'periods.' ~ case ~ 'previous_resolved_on' }} is null
                    or days.local_day < {{ 'periods.' ~ case ~ 'previous_resolved_on' }}
                )
                and days.local_day > periods.previous_cure_ends_on
            ) as {{ case }}is_previous_uncured,
        {% endfor -%}
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
    is_owed_in_quantity,
    case when local_day >= filled_on then true_up_due_cny_fen else unfilled_true_up_cny_fen end as true_up_due_cny_fen,
    {% for case in cases -%}
        {{ case }}is_open,
        {{ case }}is_open and local_day > due_on as {{ case }}is_overdue,
        {{ case }}is_open and local_day > cure_ends_on as {{ case }}is_uncured,
        {{ case }}is_open and local_day > cure_ends_on and {{ case }}is_previous_uncured
            as {{ case }}is_second_uncured_in_a_row,
        coalesce(
            {{ case }}has_shortfall
            and {{ case }}resolved_on > due_on
            and {{ case }}resolved_on <= cure_ends_on
            and {{ case }}resolved_on <= local_day
            and {{ days_between(case ~ 'resolved_on', 'local_day') }} <= {{ policy_number('offtake_cured_days') }},
            false
        ) as {{ case }}is_freshly_cured,
    {% endfor -%}
    case when is_latest_closed then rolling_eligible_quantity_milli end as rolling_eligible_quantity_milli,
    case when is_latest_closed then rolling_eligible_upper_milli end as rolling_eligible_upper_milli,
    case when is_latest_closed then rolling_relieved_quantity_milli end as rolling_relieved_quantity_milli
from standing
