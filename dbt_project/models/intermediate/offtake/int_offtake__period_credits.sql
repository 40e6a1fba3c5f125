-- Grain: one row per commitment and period; excess that fills earlier shortfalls, then is carried on, oldest first.
{% set need = 'greatest(relieved_quantity_milli - eligible_quantity_milli, 0)' %}

with recursive periods as (
    select
        commitment_id,
        period_no,
        period_sequence,
        shortfall_mode,
        carry_back,
        credit_expiry_periods,
        credit_cap_quantity_milli,
        {{ need }} as need_quantity_milli,
        greatest(eligible_quantity_milli - relieved_quantity_milli, 0) as excess_quantity_milli
    from {{ ref('int_offtake__period_take') }}
),

-- A bucket holds what is left at the start of the period of the excess of one, two, three or four periods before;
-- `fillable` what is short of earlier periods that the excess of this one may still fill.
walk as (
    select
        commitment_id,
        period_no,
        period_sequence,
        credit_expiry_periods,
        need_quantity_milli,
        excess_quantity_milli,
        cast(0 as bigint) as fillable_quantity_milli,
        least(excess_quantity_milli, credit_cap_quantity_milli) as credit_new_quantity_milli,
        cast(0 as bigint) as credit_of_1_before_milli,
        cast(0 as bigint) as credit_of_2_before_milli,
        cast(0 as bigint) as credit_of_3_before_milli,
        cast(0 as bigint) as credit_of_4_before_milli
    from periods
    where period_sequence = 1
    union all
    select
        periods.commitment_id,
        periods.period_no,
        periods.period_sequence,
        periods.credit_expiry_periods,
        periods.need_quantity_milli,
        periods.excess_quantity_milli,
        {{ fillable_shortfall() }} as fillable_quantity_milli,
        least(
            greatest(periods.excess_quantity_milli - {{ fillable_shortfall() }}, 0),
            periods.credit_cap_quantity_milli
        ) as credit_new_quantity_milli,
        case
            when periods.credit_expiry_periods >= 1 then walk.credit_new_quantity_milli
            else 0
        end as credit_of_1_before_milli,
        case
            when periods.credit_expiry_periods >= 2
                then walk.credit_of_1_before_milli - {{ credit_used_from_bucket(1) }}
            else 0
        end as credit_of_2_before_milli,
        case
            when periods.credit_expiry_periods >= 3
                then walk.credit_of_2_before_milli - {{ credit_used_from_bucket(2) }}
            else 0
        end as credit_of_3_before_milli,
        case
            when periods.credit_expiry_periods >= 4
                then walk.credit_of_3_before_milli - {{ credit_used_from_bucket(3) }}
            else 0
        end as credit_of_4_before_milli
    from walk
    inner join periods
        on
            walk.commitment_id = periods.commitment_id
            and walk.period_sequence + 1 = periods.period_sequence
)

select
    walk.commitment_id,
    walk.period_no,
    walk.credit_of_1_before_milli + walk.credit_of_2_before_milli + walk.credit_of_3_before_milli
    + walk.credit_of_4_before_milli as credit_available_quantity_milli,
    {{ credit_used_from_bucket(1) }} + {{ credit_used_from_bucket(2) }}
    + {{ credit_used_from_bucket(3) }} + {{ credit_used_from_bucket(4) }} as credit_used_quantity_milli,
    walk.credit_new_quantity_milli,
    least(walk.excess_quantity_milli, walk.fillable_quantity_milli) as filling_quantity_milli
from walk
