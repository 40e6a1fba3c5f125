-- Grain: one row per commitment and local day from the signature to as-of; its state and what the verdict rests on.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

days as (
    select * from {{ ref('int_offtake__commitment_days') }}
),

debts as (
    select * from {{ ref('int_offtake__day_debts') }}
),

measured as (
    select
        terms.commitment_id,
        terms.center_id,
        terms.vendor_party_id,
        terms.rule_version,
        days.local_day,
        days.period_no,
        days.relieved_quantity_milli,
        days.eligible_so_far_quantity_milli,
        days.projected_quantity_milli,
        {{ ratio('days.projected_quantity_milli', 'days.relieved_quantity_milli') }} as projected_rate,
        {{ ratio('debts.rolling_eligible_quantity_milli', 'debts.rolling_relieved_quantity_milli') }} as rolling_rate,
        days.days_without_take,
        debts.has_open_shortfall,
        debts.has_certain_open_shortfall,
        debts.has_overdue_shortfall,
        debts.has_money_due,
        debts.has_uncured_shortfall,
        debts.has_two_uncured_in_a_row,
        debts.has_fresh_cure,
        debts.outstanding_cny_fen,
        case when days.local_day >= terms.ended_on then terms.end_kind end as end_kind,
        (terms.first_day_on is null or days.local_day < terms.first_day_on) as is_before_first_period
    from days
    inner join terms
        on days.commitment_id = terms.commitment_id
    inner join debts
        on
            days.commitment_id = debts.commitment_id
            and days.local_day = debts.local_day
),

-- From the highest priority down: the first rule that holds decides.
judged as (
    select
        measured.*,
        case
            when measured.end_kind = 'terminated' then 'terminated'
            when measured.end_kind = 'completed' and measured.outstanding_cny_fen <= 0 then 'completed'
            when measured.end_kind = 'completed' then 'lapsed'
            when measured.is_before_first_period then 'not_started'
            -- An accusation must hold whatever the time without a meter was.
            when measured.has_open_shortfall and not measured.has_certain_open_shortfall then 'undetermined'
            when
                measured.has_two_uncured_in_a_row
                and measured.rolling_rate < {{ policy_number('offtake_lapse_rolling_rate') }}
                then 'lapsed'
            when
                measured.has_money_due
                and measured.days_without_take >= {{ policy_number('offtake_lapse_zero_take_days') }}
                then 'lapsed'
            when measured.has_uncured_shortfall then 'in_breach_uncured'
            when measured.has_overdue_shortfall then 'in_breach'
            when measured.has_open_shortfall then 'shortfall_open'
            when measured.has_fresh_cure then 'cured'
            when measured.projected_rate < {{ policy_number('offtake_at_risk_ratio') }} then 'at_risk'
            when measured.rolling_rate < {{ policy_number('offtake_at_risk_ratio') }} then 'at_risk'
            else 'on_track'
        end as state
    from measured
)

select
    commitment_id,
    local_day,
    center_id,
    vendor_party_id,
    state,
    cast(
        case state
            when 'not_started' then 0
            when 'on_track' then 1
            when 'at_risk' then 2
            when 'cured' then 3
            when 'shortfall_open' then 4
            when 'in_breach' then 5
            when 'in_breach_uncured' then 6
            when 'lapsed' then 7
            when 'terminated' then 8
            when 'completed' then 8
            when 'undetermined' then 9
        end as bigint
    ) as state_priority,
    period_no,
    relieved_quantity_milli,
    eligible_so_far_quantity_milli,
    projected_quantity_milli,
    projected_rate,
    rolling_rate as rolling_compliance_rate,
    days_without_take,
    outstanding_cny_fen,
    rule_version
from judged
