-- Grain: one row per commitment and local day from the signature to as-of; its state and what the verdict rests on.
-- The state is judged at both bounds of what was taken; where they differ it is undetermined, and both are shown.
{%- set bounds = {
    'lower': ('', 'projected_quantity_milli', 'rolling_eligible_quantity_milli', 'days_without_take'),
    'upper': ('certain_', 'projected_upper_quantity_milli', 'rolling_eligible_upper_milli',
              'days_without_possible_take'),
} %}

with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

days as (
    select * from {{ ref('int_offtake__commitment_days') }}
),

debts as (
    select * from {{ ref('int_offtake__day_debts') }}
),

joined as (
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
        days.days_without_take,
        debts.outstanding_cny_fen,
        coalesce(terms.shortfall_mode in ('make_up', 'extend_term'), false) as is_owed_in_quantity,
        case when days.local_day >= terms.ended_on then terms.end_kind end as end_kind,
        (terms.first_day_on is null or days.local_day < terms.first_day_on) as is_before_first_period,
    {% for bound, (prefix, projected, rolling, without_take) in bounds.items() -%}
        {{ ratio('days.' ~ projected, 'days.relieved_quantity_milli') }} as projected_rate_{{ bound }},
        {{ ratio('debts.' ~ rolling, 'debts.rolling_relieved_quantity_milli') }} as rolling_rate_{{ bound }},
        days.{{ without_take }} as days_without_take_{{ bound }},
        {{ 'debts.' ~ prefix ~ 'has_open_shortfall' }} as has_open_shortfall_{{ bound }},
        {{ 'debts.' ~ prefix ~ 'has_overdue_shortfall' }} as has_overdue_shortfall_{{ bound }},
        {{ 'debts.' ~ prefix ~ 'has_something_due' }} as has_something_due_{{ bound }},
        {{ 'debts.' ~ prefix ~ 'has_uncured_shortfall' }} as has_uncured_shortfall_{{ bound }},
        {{ 'debts.' ~ prefix ~ 'has_two_uncured_in_a_row' }} as has_two_uncured_in_a_row_{{ bound }},
        {{ 'debts.' ~ prefix ~ 'has_fresh_cure' }} as has_fresh_cure_{{ bound }}{{ ',' if not loop.last }}
    {% endfor %}
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
        joined.*,
    {% for bound in bounds -%}
        case
            when joined.end_kind = 'terminated' then 'terminated'
            when
                joined.end_kind = 'completed'
                and joined.outstanding_cny_fen <= 0
                and not (joined.is_owed_in_quantity and joined.has_overdue_shortfall_{{ bound }})
                then 'completed'
            when joined.end_kind = 'completed' then 'lapsed'
            when joined.is_before_first_period then 'not_started'
            when
                joined.has_two_uncured_in_a_row_{{ bound }}
                and joined.rolling_rate_{{ bound }} < {{ policy_number('offtake_lapse_rolling_rate') }}
                then 'lapsed'
            when
                joined.has_something_due_{{ bound }}
                and joined.days_without_take_{{ bound }} >= {{ policy_number('offtake_lapse_zero_take_days') }}
                then 'lapsed'
            when joined.has_uncured_shortfall_{{ bound }} then 'in_breach_uncured'
            when joined.has_overdue_shortfall_{{ bound }} then 'in_breach'
            when joined.has_open_shortfall_{{ bound }} then 'shortfall_open'
            when joined.has_fresh_cure_{{ bound }} then 'cured'
            when joined.projected_rate_{{ bound }} < {{ policy_number('offtake_at_risk_ratio') }} then 'at_risk'
            when joined.rolling_rate_{{ bound }} < {{ policy_number('offtake_at_risk_ratio') }} then 'at_risk'
            else 'on_track'
        end as state_at_{{ bound }}{{ ',' if not loop.last }}
    {% endfor %}
    from joined
),

named as (
    select
        judged.*,
        case
            when judged.state_at_lower = judged.state_at_upper then judged.state_at_lower
            else 'undetermined'
        end as state
    from judged
)

select
    commitment_id,
    local_day,
    center_id,
    vendor_party_id,
    state,
    state_at_lower,
    state_at_upper,
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
    projected_rate_lower as projected_rate,
    rolling_rate_lower as rolling_compliance_rate,
    rolling_rate_upper as rolling_compliance_rate_upper,
    days_without_take,
    outstanding_cny_fen,
    rule_version
from named
