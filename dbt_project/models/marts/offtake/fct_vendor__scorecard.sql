-- Grain: one row per vendor that promised offtake anywhere.
with commitments as (
    select * from {{ ref('dim_commitment') }}
),

periods as (
    select
        periods.*,
        commitments.vendor_party_id
    from {{ ref('int_offtake__period_settled') }} as periods
    inner join commitments
        on periods.commitment_id = commitments.commitment_id
    where periods.is_closed
),

padding as (
    select * from {{ ref('fct_center_vendor__padding') }}
),

counted as (
    select
        vendor_party_id,
        max(vendor_name_zh) as vendor_name_zh,
        max(vendor_name_en) as vendor_name_en,
        cast(count(*) as bigint) as commitment_count,
        cast(count(distinct center_id) as bigint) as center_count,
        {{ integer_sum("case when state in ('on_track', 'completed', 'cured') then 1 else 0 end") }}
            as kept_commitment_count,
        {{ integer_sum("case when state = 'at_risk' then 1 else 0 end") }} as at_risk_commitment_count,
        {{ integer_sum(
            "case when state in ('shortfall_open', 'in_breach', 'in_breach_uncured') then 1 else 0 end"
        ) }} as late_commitment_count,
        {{ integer_sum("case when state = 'lapsed' then 1 else 0 end") }} as lapsed_commitment_count,
        {{ integer_sum("case when state = 'undetermined' then 1 else 0 end") }} as undetermined_commitment_count,
        {{ integer_sum('true_up_due_cny_fen') }} as true_up_due_cny_fen,
        {{ integer_sum('paid_cny_fen') }} as paid_cny_fen,
        {{ integer_sum('outstanding_cny_fen') }} as outstanding_cny_fen
    from commitments
    group by vendor_party_id
),

kept as (
    select
        vendor_party_id,
        cast(count(*) as bigint) as closed_period_count,
        {{ integer_sum('case when shortfall_quantity_milli = 0 then 1 else 0 end') }} as filled_period_count,
        {{ integer_sum('case when shortfall_quantity_milli > 0 and resolved_on <= due_on then 1 else 0 end') }}
            as paid_in_time_period_count,
        {{ integer_sum('case when shortfall_quantity_milli > 0 and resolved_on > due_on then 1 else 0 end') }}
            as paid_late_period_count,
    -- Filled or settled if all that is not known was taken, and not if only what is proven was.
        {{ integer_sum(
            'case when shortfall_quantity_milli > 0 and resolved_on is null'
            ~ ' and (certain_shortfall_quantity_milli = 0 or certain_resolved_on is not null) then 1 else 0 end'
        ) }} as undetermined_period_count,
        {{ integer_sum(
            'case when shortfall_quantity_milli > 0 and resolved_on is null'
            ~ ' and certain_shortfall_quantity_milli > 0 and certain_resolved_on is null then 1 else 0 end'
        ) }} as unpaid_period_count
    from periods
    group by vendor_party_id
),

patterns as (
    select
        vendor_party_id,
        cast(count(distinct center_id) as bigint) as padding_pattern_center_count
    from padding
    where verdict in ('strong', 'probable')
    group by vendor_party_id
)

select
    counted.vendor_party_id,
    counted.vendor_name_zh,
    counted.vendor_name_en,
    counted.center_count,
    counted.commitment_count,
    counted.kept_commitment_count,
    counted.at_risk_commitment_count,
    counted.late_commitment_count,
    counted.lapsed_commitment_count,
    counted.undetermined_commitment_count,
    coalesce(kept.closed_period_count, 0) as closed_period_count,
    coalesce(kept.filled_period_count, 0) as filled_period_count,
    coalesce(kept.paid_in_time_period_count, 0) as paid_in_time_period_count,
    coalesce(kept.paid_late_period_count, 0) as paid_late_period_count,
    coalesce(kept.undetermined_period_count, 0) as undetermined_period_count,
    coalesce(kept.unpaid_period_count, 0) as unpaid_period_count,
    {{ ratio('kept.filled_period_count + kept.paid_in_time_period_count', 'kept.closed_period_count') }}
        as kept_rate_of_closed_periods,
    {{ ratio(
        'kept.filled_period_count + kept.paid_in_time_period_count + kept.undetermined_period_count',
        'kept.closed_period_count'
    ) }} as kept_rate_of_closed_periods_upper,
    counted.true_up_due_cny_fen,
    counted.paid_cny_fen,
    counted.outstanding_cny_fen,
    coalesce(patterns.padding_pattern_center_count, 0) as padding_pattern_center_count
from counted
left join kept
    on counted.vendor_party_id = kept.vendor_party_id
left join patterns
    on counted.vendor_party_id = patterns.vendor_party_id
