-- Grain: one row per commitment and local day from the signature to as-of; all its shortfalls and payments together.
-- Columns that begin with `certain_` hold whatever the time that is not known was, the others at the lower bound.
{%- set cases = ['', 'certain_'] %}
{%- set flags = [
    'has_open_shortfall', 'has_overdue_shortfall', 'has_something_due', 'has_uncured_shortfall',
    'has_two_uncured_in_a_row', 'has_fresh_cure'
] %}

with days as (
    select
        commitment_id,
        local_day
    from {{ ref('int_offtake__commitment_days') }}
),

shortfalls as (
    select * from {{ ref('int_offtake__shortfall_days') }}
),

settlements as (
    select * from {{ ref('stg_registers__offtake_settlements') }}
),

debts as (
    select
        commitment_id,
        local_day,
        {% for case in cases -%}
            max(case when {{ case }}is_open then 1 else 0 end) = 1 as {{ case }}has_open_shortfall,
            max(case when {{ case }}is_overdue then 1 else 0 end) = 1 as {{ case }}has_overdue_shortfall,
            -- Money, or under make-up and extension the quantity itself.
            max(
                case when {{ case }}is_overdue and (true_up_due_cny_fen > 0 or is_owed_in_quantity) then 1 else 0 end
            ) = 1 as {{ case }}has_something_due,
            max(case when {{ case }}is_uncured then 1 else 0 end) = 1 as {{ case }}has_uncured_shortfall,
            max(case when {{ case }}is_second_uncured_in_a_row then 1 else 0 end) = 1
                as {{ case }}has_two_uncured_in_a_row,
            max(case when {{ case }}is_freshly_cured then 1 else 0 end) = 1 as {{ case }}has_fresh_cure,
        {% endfor -%}
        {{ integer_sum('true_up_due_cny_fen') }} as true_up_due_cny_fen,
        max(rolling_eligible_quantity_milli) as rolling_eligible_quantity_milli,
        max(rolling_eligible_upper_milli) as rolling_eligible_upper_milli,
        max(rolling_relieved_quantity_milli) as rolling_relieved_quantity_milli
    from shortfalls
    group by commitment_id, local_day
),

payments as (
    select
        days.commitment_id,
        days.local_day,
        {{ integer_sum('settlements.amount_cny_fen') }} as paid_cny_fen
    from days
    inner join settlements
        on
            days.commitment_id = settlements.commitment_id
            and settlements.paid_on <= days.local_day
    group by days.commitment_id, days.local_day
)

select
    days.commitment_id,
    days.local_day,
    {% for case in cases -%}
        {% for flag in flags -%}
            coalesce({{ 'debts.' ~ case ~ flag }}, false) as {{ case }}{{ flag }},
        {% endfor -%}
    {% endfor -%}
    coalesce(debts.true_up_due_cny_fen, 0) - coalesce(payments.paid_cny_fen, 0) as outstanding_cny_fen,
    debts.rolling_eligible_quantity_milli,
    debts.rolling_eligible_upper_milli,
    debts.rolling_relieved_quantity_milli
from days
left join debts
    on
        days.commitment_id = debts.commitment_id
        and days.local_day = debts.local_day
left join payments
    on
        days.commitment_id = payments.commitment_id
        and days.local_day = payments.local_day
