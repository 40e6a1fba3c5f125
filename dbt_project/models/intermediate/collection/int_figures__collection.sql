-- Grain: one row per figure: a share of sold or racked card time by payment, of a center, or of all (ALL), in a month.
with cells as (
    select
        scope_id,
        month_start_on,
        card_status,
        money_status,
        card_milliseconds
    from {{ ref('int_collection__cell_months') }}
),

sums as (
    select
        scope_id,
        month_start_on,
        {{ integer_sum('card_milliseconds') }} as racked_milliseconds,
        {{ integer_sum("case when card_status like 'sold_%' then card_milliseconds end") }} as sold_milliseconds,
        {{ integer_sum("case when card_status = 'sold_idle' then card_milliseconds end") }} as sold_idle_milliseconds,
        {{ integer_sum("case when card_status = 'sold_unknown' then card_milliseconds end") }}
            as sold_unknown_milliseconds,
        {{ integer_sum("case when card_status = 'unsold_lit' then card_milliseconds end") }}
            as unsold_lit_milliseconds,
        {{ integer_sum("case when card_status = 'unsold_unknown' then card_milliseconds end") }}
            as unsold_unknown_milliseconds,
        {{ integer_sum(
            "case when card_status like 'sold_%' and money_status = 'paid' then card_milliseconds end"
        ) }} as sold_paid_milliseconds,
        {{ integer_sum(
            "case when card_status like 'sold_%' and money_status = 'payment_unknown' then card_milliseconds end"
        ) }} as sold_payment_unknown_milliseconds,
        {{ integer_sum(
            "case when card_status = 'sold_lit' and money_status = 'paid' then card_milliseconds end"
        ) }} as sold_lit_paid_milliseconds,
        {{ integer_sum(
            "case when card_status in ('sold_lit', 'sold_unknown') and money_status in ('paid', 'payment_unknown')
            then card_milliseconds end"
        ) }} as sold_lit_paid_milliseconds_upper
    from cells
    group by scope_id, month_start_on
),

measures as (
    select
        'paid_of_sold' as metric_id,
        'payment_unknown' as reason_between_bounds,
        scope_id,
        month_start_on,
        sold_paid_milliseconds as numerator_lower,
        sold_paid_milliseconds + sold_payment_unknown_milliseconds as numerator_upper,
        sold_milliseconds as denominator,
        cast(null as bigint) as known_milliseconds
    from sums
    union all
    select
        'idle_of_sold' as metric_id,
        'not_all_able_time_is_known' as reason_between_bounds,
        scope_id,
        month_start_on,
        sold_idle_milliseconds as numerator_lower,
        sold_idle_milliseconds + sold_unknown_milliseconds as numerator_upper,
        sold_milliseconds as denominator,
        sold_milliseconds - sold_unknown_milliseconds as known_milliseconds
    from sums
    union all
    select
        'sold_lit_paid_of_racked' as metric_id,
        'not_all_able_time_is_known' as reason_between_bounds,
        scope_id,
        month_start_on,
        sold_lit_paid_milliseconds as numerator_lower,
        sold_lit_paid_milliseconds_upper as numerator_upper,
        racked_milliseconds as denominator,
        racked_milliseconds - sold_unknown_milliseconds - unsold_unknown_milliseconds as known_milliseconds
    from sums
    union all
    select
        'unsold_lit_of_racked' as metric_id,
        'not_all_able_time_is_known' as reason_between_bounds,
        scope_id,
        month_start_on,
        unsold_lit_milliseconds as numerator_lower,
        unsold_lit_milliseconds + unsold_unknown_milliseconds as numerator_upper,
        racked_milliseconds as denominator,
        racked_milliseconds - sold_unknown_milliseconds - unsold_unknown_milliseconds as known_milliseconds
    from sums
),

reasoned as (
    select
        *,
        case
            when denominator = 0 then 'empty_denominator'
            when numerator_lower < numerator_upper then reason_between_bounds
        end as withheld_reason,
        {{ ratio('known_milliseconds', 'denominator') }} as coverage
    from measures
)

{{ monthly_figures('reasoned') }}
