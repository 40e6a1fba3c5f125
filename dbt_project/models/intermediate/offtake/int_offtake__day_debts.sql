-- Grain: one row per commitment and local day from the signature to as-of; all its shortfalls and payments together.
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
        max(case when is_open then 1 else 0 end) = 1 as has_open_shortfall,
        max(case when is_certainly_open then 1 else 0 end) = 1 as has_certain_open_shortfall,
        max(case when is_overdue then 1 else 0 end) = 1 as has_overdue_shortfall,
        max(case when is_overdue and true_up_due_cny_fen > 0 then 1 else 0 end) = 1 as has_money_due,
        max(case when is_uncured then 1 else 0 end) = 1 as has_uncured_shortfall,
        max(case when is_second_uncured_in_a_row then 1 else 0 end) = 1 as has_two_uncured_in_a_row,
        max(case when is_freshly_cured then 1 else 0 end) = 1 as has_fresh_cure,
        {{ integer_sum('true_up_due_cny_fen') }} as true_up_due_cny_fen,
        max(rolling_eligible_quantity_milli) as rolling_eligible_quantity_milli,
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
    coalesce(debts.has_open_shortfall, false) as has_open_shortfall,
    coalesce(debts.has_certain_open_shortfall, false) as has_certain_open_shortfall,
    coalesce(debts.has_overdue_shortfall, false) as has_overdue_shortfall,
    coalesce(debts.has_money_due, false) as has_money_due,
    coalesce(debts.has_uncured_shortfall, false) as has_uncured_shortfall,
    coalesce(debts.has_two_uncured_in_a_row, false) as has_two_uncured_in_a_row,
    coalesce(debts.has_fresh_cure, false) as has_fresh_cure,
    coalesce(debts.true_up_due_cny_fen, 0) - coalesce(payments.paid_cny_fen, 0) as outstanding_cny_fen,
    debts.rolling_eligible_quantity_milli,
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
