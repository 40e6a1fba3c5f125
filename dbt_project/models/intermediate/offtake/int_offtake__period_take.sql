-- Grain: one row per commitment and period; what was promised, relieved and taken up to as-of.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

periods as (
    select * from {{ ref('int_offtake__period_terms') }}
),

day_take as (
    select * from {{ ref('int_offtake__day_take') }}
),

taken as (
    select
        periods.commitment_id,
        periods.period_no,
        {{ integer_sum('day_take.unrelated_quantity_milli') }} as unrelated_quantity_milli,
        {{ integer_sum('day_take.related_quantity_milli') }} as related_quantity_milli,
        {{ integer_sum('day_take.refused_sublet_quantity_milli') }} as refused_sublet_quantity_milli,
        {{ integer_sum('day_take.uncapped_quantity_milli') }} as uncapped_quantity_milli,
        {{ integer_sum('day_take.capped_quantity_milli') }} as capped_quantity_milli,
        {{ integer_sum('day_take.uncapped_unmetered_milli') }} as uncapped_unmetered_milli,
        {{ integer_sum('day_take.capped_unmetered_milli') }} as capped_unmetered_milli,
        {{ integer_sum('day_take.suspect_quantity_milli') }} as suspect_quantity_milli,
        {{ integer_sum('day_take.converted_row_count') }} as converted_row_count,
        {{ integer_sum('day_take.other_unit_row_count') }} as other_unit_row_count,
        min(day_take.refused_reason) as refused_reason
    from periods
    inner join day_take
        on
            periods.commitment_id = day_take.commitment_id
            and periods.period_start_on <= day_take.used_on
            and day_take.used_on < periods.period_end_on
    group by periods.commitment_id, periods.period_no
),

relieved as (
    select
        periods.commitment_id,
        periods.period_no,
        row_number() over (
            partition by periods.commitment_id
            order by periods.period_start_on nulls last, periods.period_no nulls last
        ) as period_sequence,
        periods.period_start_on,
        periods.period_end_on,
        periods.period_start_on <= terms.as_of_on as is_started,
        -- A period that a document cut short ends with it; one that would have begun later never does.
        (
            periods.period_end_on <= terms.as_of_on
            and (terms.ended_on is null or periods.period_end_on <= terms.ended_on)
        ) as is_closed,
        terms.shortfall_mode,
        terms.carry_back,
        periods.related_cap_bp,
        periods.credit_cap_bp,
        periods.credit_expiry_periods,
        periods.due_days,
        periods.cure_days,
        periods.late_interest_bp,
        periods.signed_quantity_milli,
        periods.amended_day_count,
        periods.floor_price_cny_fen,
        periods.committed_quantity_milli,
        case
            when periods.availability_bp < periods.availability_floor_bp
                then cast(
                    round(
                        cast(periods.committed_quantity_milli as double)
                        * periods.availability_bp / periods.availability_floor_bp
                    ) as bigint
                )
            else periods.committed_quantity_milli
        end as relieved_quantity_milli
    from periods
    inner join terms
        on periods.commitment_id = terms.commitment_id
),

capped as (
    select
        relieved.*,
        cast(
            floor(cast(relieved.relieved_quantity_milli as double) * relieved.related_cap_bp / 10000) as bigint
        ) as related_cap_quantity_milli,
        cast(
            floor(cast(relieved.relieved_quantity_milli as double) * relieved.credit_cap_bp / 10000) as bigint
        ) as credit_cap_quantity_milli,
        coalesce(taken.unrelated_quantity_milli, 0) as unrelated_quantity_milli,
        coalesce(taken.related_quantity_milli, 0) as related_quantity_milli,
        coalesce(taken.refused_sublet_quantity_milli, 0) as refused_sublet_quantity_milli,
        coalesce(taken.uncapped_quantity_milli, 0) as uncapped_quantity_milli,
        coalesce(taken.capped_quantity_milli, 0) as capped_quantity_milli,
        coalesce(taken.uncapped_unmetered_milli, 0) as uncapped_unmetered_milli,
        coalesce(taken.capped_unmetered_milli, 0) as capped_unmetered_milli,
        coalesce(taken.suspect_quantity_milli, 0) as suspect_quantity_milli,
        coalesce(taken.converted_row_count, 0) as converted_row_count,
        coalesce(taken.other_unit_row_count, 0) as other_unit_row_count,
        taken.refused_reason
    from relieved
    left join taken
        on
            relieved.commitment_id = taken.commitment_id
            and relieved.period_no = taken.period_no
)

select
    commitment_id,
    period_no,
    period_sequence,
    period_start_on,
    period_end_on,
    is_started,
    is_closed,
    shortfall_mode,
    carry_back,
    credit_expiry_periods,
    due_days,
    cure_days,
    late_interest_bp,
    floor_price_cny_fen,
    signed_quantity_milli,
    amended_day_count,
    committed_quantity_milli,
    relieved_quantity_milli,
    related_cap_quantity_milli,
    credit_cap_quantity_milli,
    unrelated_quantity_milli + related_quantity_milli as gross_quantity_milli,
    unrelated_quantity_milli,
    related_quantity_milli,
    refused_sublet_quantity_milli,
    suspect_quantity_milli,
    uncapped_quantity_milli + least(capped_quantity_milli, related_cap_quantity_milli) as eligible_quantity_milli,
    -- What was told in a unit that no rule converts may be any amount.
    case
        when other_unit_row_count = 0
            then
                uncapped_quantity_milli + uncapped_unmetered_milli
                + least(capped_quantity_milli + capped_unmetered_milli, related_cap_quantity_milli)
    end as eligible_upper_quantity_milli,
    converted_row_count,
    other_unit_row_count,
    refused_reason
from capped
