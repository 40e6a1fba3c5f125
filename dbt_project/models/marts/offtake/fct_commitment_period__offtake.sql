-- Grain: one row per commitment and period.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

periods as (
    select * from {{ ref('int_offtake__period_settled') }}
),

days as (
    select * from {{ ref('int_offtake__commitment_days') }}
),

joined as (
    select
        periods.*,
        terms.center_id,
        terms.vendor_party_id,
        terms.quantity_unit as unit,
        terms.unit as committed_unit,
        terms.as_of_on,
        terms.ended_on,
        {{ ratio('days.projected_quantity_milli', 'days.relieved_quantity_milli') }} as projected_rate_lower,
        {{ ratio('days.projected_upper_quantity_milli', 'days.relieved_quantity_milli') }} as projected_rate_upper
    from periods
    inner join terms
        on periods.commitment_id = terms.commitment_id
    left join days
        on
            periods.commitment_id = days.commitment_id
            and periods.period_no = days.period_no
            and terms.as_of_on = days.local_day
),

judged as (
    select
        joined.*,
        {% for bound, (prefix, projected) in {
            'lower': ('', 'projected_rate_lower'), 'upper': ('certain_', 'projected_rate_upper')
        }.items() -%}
        case
            when not joined.is_started then 'not_started'
            when not joined.is_closed and joined.ended_on <= joined.as_of_on then 'terminated'
            when
                not joined.is_closed and joined.{{ projected }} < {{ policy_number('offtake_at_risk_ratio') }}
                then 'at_risk'
            when not joined.is_closed or joined.{{ prefix }}shortfall_quantity_milli = 0 then 'on_track'
            when joined.{{ prefix }}resolved_on > joined.due_on then 'cured'
            when joined.{{ prefix }}resolved_on is not null then 'on_track'
            when joined.as_of_on > joined.cure_ends_on then 'in_breach_uncured'
            when joined.as_of_on > joined.due_on then 'in_breach'
            else 'shortfall_open'
        end as state_at_{{ bound }}{{ ',' if not loop.last }}
    {% endfor %}
    from joined
)

select
    commitment_id,
    period_no,
    center_id,
    vendor_party_id,
    unit,
    committed_unit,
    shortfall_mode,
    period_start_on,
    period_end_on,
    due_on,
    cure_ends_on,
    resolved_on,
    is_closed,
    rolling_period_count,
    signed_quantity_milli,
    amended_day_count,
    committed_quantity_milli,
    relieved_quantity_milli,
    related_cap_quantity_milli,
    case when is_started then gross_quantity_milli end as gross_quantity_milli,
    case when is_started then unrelated_quantity_milli end as unrelated_quantity_milli,
    case when is_started then related_quantity_milli end as related_quantity_milli,
    case
        when is_started then unrelated_quantity_milli - refused_sublet_quantity_milli
    end as unrelated_counted_quantity_milli,
    case when is_started then refused_sublet_quantity_milli end as refused_sublet_quantity_milli,
    case
        when is_started then eligible_quantity_milli - unrelated_quantity_milli + refused_sublet_quantity_milli
    end as related_counted_quantity_milli,
    case
        when is_started then gross_quantity_milli - eligible_quantity_milli - refused_sublet_quantity_milli
    end as related_not_counted_quantity_milli,
    case when is_started then gross_quantity_milli - eligible_quantity_milli end as not_counted_quantity_milli,
    case when is_started then suspect_quantity_milli end as suspect_quantity_milli,
    case when is_started then eligible_quantity_milli end as eligible_quantity_milli,
    case when is_started then eligible_upper_quantity_milli end as eligible_upper_quantity_milli,
    case when is_started then eligible_upper_quantity_milli - eligible_quantity_milli end
        as eligible_unproven_quantity_milli,
    converted_row_count,
    other_unit_row_count,
    refused_reason,
    credit_available_quantity_milli,
    credit_used_quantity_milli,
    credit_new_quantity_milli,
    shortfall_quantity_milli,
    certain_shortfall_quantity_milli,
    filled_quantity_milli,
    shortfall_quantity_milli - filled_quantity_milli as open_shortfall_quantity_milli,
    filled_on,
    floor_price_cny_fen,
    shortfall_price_cny_fen,
    certain_true_up_cny_fen,
    true_up_due_cny_fen,
    true_up_net_cny_fen,
    late_interest_cny_fen,
    paid_cny_fen,
    outstanding_cny_fen,
    cumulative_eligible_quantity_milli,
    cumulative_relieved_quantity_milli,
    {{ ratio('cumulative_eligible_quantity_milli', 'cumulative_relieved_quantity_milli') }}
        as cumulative_compliance_rate,
    cumulative_eligible_upper_milli,
    {{ ratio('cumulative_eligible_upper_milli', 'cumulative_relieved_quantity_milli') }}
        as cumulative_compliance_rate_upper,
    rolling_eligible_quantity_milli,
    rolling_relieved_quantity_milli,
    {{ ratio('rolling_eligible_quantity_milli', 'rolling_relieved_quantity_milli') }} as rolling_compliance_rate,
    rolling_eligible_upper_milli,
    {{ ratio('rolling_eligible_upper_milli', 'rolling_relieved_quantity_milli') }} as rolling_compliance_rate_upper,
    state_at_lower,
    state_at_upper,
    case when state_at_lower = state_at_upper then state_at_lower else 'undetermined' end as state_at_as_of
from judged
