-- Grain: one row per commitment and closed period; what was short of it, and what later take filled of that, and when.
-- Make-up and extension fill the oldest shortfall first; carry-back fills that of the period before alone.
-- Credit there can be if all that is not known was taken, and none of it was used before.
with possible_credits as (
    select
        later.commitment_id,
        later.period_no,
        {{ integer_sum(
            'least(earlier.credit_cap_quantity_milli, case when earlier.eligible_upper_quantity_milli is null'
            ~ ' then earlier.credit_cap_quantity_milli'
            ~ ' else greatest(earlier.eligible_upper_quantity_milli - earlier.relieved_quantity_milli, 0) end)'
        ) }} as credit_possible_quantity_milli
    from {{ ref('int_offtake__period_take') }} as later
    inner join {{ ref('int_offtake__period_take') }} as earlier
        on
            later.commitment_id = earlier.commitment_id
            and earlier.period_sequence < later.period_sequence
            and earlier.period_sequence >= later.period_sequence - later.credit_expiry_periods
    group by later.commitment_id, later.period_no
),

take as (
    select
        take.*,
        greatest(
            take.relieved_quantity_milli - take.eligible_quantity_milli - credits.credit_used_quantity_milli, 0
        ) as shortfall_quantity_milli,
        credits.filling_quantity_milli,
        -- Short even if all that is not known was taken and all credit used.
        case
            when take.eligible_upper_quantity_milli is null then 0
            else greatest(
                take.relieved_quantity_milli
                - take.eligible_upper_quantity_milli
                - greatest(
                    credits.credit_available_quantity_milli,
                    coalesce(possible_credits.credit_possible_quantity_milli, 0)
                ),
                0
            )
        end as certain_shortfall_quantity_milli
    from {{ ref('int_offtake__period_take') }} as take
    inner join {{ ref('int_offtake__period_credits') }} as credits
        on
            take.commitment_id = credits.commitment_id
            and take.period_no = credits.period_no
    left join possible_credits
        on
            take.commitment_id = possible_credits.commitment_id
            and take.period_no = possible_credits.period_no
    where take.is_closed
),

extensions as (
    select * from {{ ref('int_offtake__extensions') }}
),

shorts as (
    select
        take.commitment_id,
        take.period_no,
        take.period_sequence,
        take.period_end_on,
        take.shortfall_mode,
        take.carry_back,
        take.shortfall_quantity_milli,
        take.certain_shortfall_quantity_milli,
        cast(
            sum(take.shortfall_quantity_milli) over (
                partition by take.commitment_id
                order by take.period_sequence nulls last
            ) as bigint
        ) as shortfall_so_far_milli,
        lead(take.filling_quantity_milli) over (
            partition by take.commitment_id
            order by take.period_sequence nulls last
        ) as next_filling_quantity_milli,
        lead(take.period_end_on) over (
            partition by take.commitment_id
            order by take.period_sequence nulls last
        ) as next_period_end_on
    from take
),

-- Excess at the upper bound; where take was told in a unit that no rule converts it may have filled everything.
possible_excess as (
    select
        commitment_id,
        period_sequence,
        period_end_on,
        case
            when eligible_upper_quantity_milli is null then relieved_quantity_milli * 1000
            else greatest(eligible_upper_quantity_milli - relieved_quantity_milli, 0)
        end as excess_upper_quantity_milli
    from take
),

extension_days as (
    select
        extensions.commitment_id,
        day_take.used_on,
        take.related_cap_bp,
        extensions.shortfall_quantity_milli,
        sum(day_take.uncapped_quantity_milli) over in_order as uncapped_milli,
        sum(day_take.capped_quantity_milli) over in_order as capped_milli,
        sum(day_take.uncapped_quantity_milli + day_take.uncapped_unmetered_milli) over in_order as uncapped_upper_milli,
        sum(day_take.capped_quantity_milli + day_take.capped_unmetered_milli) over in_order as capped_upper_milli
    from extensions
    inner join {{ ref('int_offtake__commitment_terms') }} as take
        on extensions.commitment_id = take.commitment_id
    inner join {{ ref('int_offtake__day_take') }} as day_take
        on
            extensions.commitment_id = day_take.commitment_id
            and extensions.term_end_on <= day_take.used_on
            and day_take.used_on < extensions.extended_to_on
    window in_order as (partition by extensions.commitment_id order by day_take.used_on nulls last)
),

fillings as (
    select
        commitment_id,
        period_end_on as filled_on,
        cast(
            sum(filling_quantity_milli) over (partition by commitment_id order by period_sequence nulls last) as bigint
        ) as filled_so_far_milli
    from take
    where shortfall_mode = 'make_up'
    union all
    select
        commitment_id,
        used_on as filled_on,
        cast(
            uncapped_milli + least(capped_milli, floor(shortfall_quantity_milli * (related_cap_bp / 10000.0)))
            as bigint
        ) as filled_so_far_milli
    from extension_days
),

-- What can have filled a shortfall at most, without asking what of it an older one took.
possible_fillings as (
    select
        shorts.commitment_id,
        shorts.period_no,
        possible_excess.period_end_on as filled_on,
        cast(
            sum(possible_excess.excess_upper_quantity_milli) over (
                partition by shorts.commitment_id, shorts.period_no
                order by possible_excess.period_sequence nulls last
            ) as bigint
        ) as filled_so_far_milli
    from shorts
    inner join possible_excess
        on
            shorts.commitment_id = possible_excess.commitment_id
            and shorts.period_sequence < possible_excess.period_sequence
            and (shorts.shortfall_mode = 'make_up' or possible_excess.period_sequence = shorts.period_sequence + 1)
    where
        shorts.shortfall_mode = 'make_up'
        or (shorts.shortfall_mode <> 'extend_term' and shorts.carry_back = 'allowed')
    union all
    select
        shorts.commitment_id,
        shorts.period_no,
        extension_days.used_on as filled_on,
        cast(
            extension_days.uncapped_upper_milli
            + least(
                extension_days.capped_upper_milli,
                floor(extension_days.shortfall_quantity_milli * (extension_days.related_cap_bp / 10000.0))
            ) as bigint
        ) as filled_so_far_milli
    from shorts
    inner join extension_days
        on shorts.commitment_id = extension_days.commitment_id
),

certain as (
    select
        shorts.commitment_id,
        shorts.period_no,
        min(
            case
                when possible_fillings.filled_so_far_milli >= shorts.certain_shortfall_quantity_milli
                    then possible_fillings.filled_on
            end
        ) as certain_filled_on
    from shorts
    inner join possible_fillings
        on
            shorts.commitment_id = possible_fillings.commitment_id
            and shorts.period_no = possible_fillings.period_no
    where shorts.certain_shortfall_quantity_milli > 0
    group by shorts.commitment_id, shorts.period_no
),

in_order as (
    select
        shorts.commitment_id,
        shorts.period_no,
        max(fillings.filled_so_far_milli) as filled_so_far_milli,
        min(case when fillings.filled_so_far_milli >= shorts.shortfall_so_far_milli then fillings.filled_on end)
            as all_filled_on
    from shorts
    inner join fillings
        on shorts.commitment_id = fillings.commitment_id
    group by shorts.commitment_id, shorts.period_no
),

filled as (
    select
        shorts.commitment_id,
        shorts.period_no,
        shorts.shortfall_quantity_milli,
        case
            when shorts.shortfall_mode in ('make_up', 'extend_term')
                then greatest(
                    least(
                        coalesce(in_order.filled_so_far_milli, 0)
                        - (shorts.shortfall_so_far_milli - shorts.shortfall_quantity_milli),
                        shorts.shortfall_quantity_milli
                    ),
                    0
                )
            else coalesce(shorts.next_filling_quantity_milli, 0)
        end as filled_quantity_milli,
        shorts.certain_shortfall_quantity_milli,
        certain.certain_filled_on,
        in_order.all_filled_on,
        shorts.next_period_end_on,
        shorts.shortfall_mode
    from shorts
    left join in_order
        on
            shorts.commitment_id = in_order.commitment_id
            and shorts.period_no = in_order.period_no
    left join certain
        on
            shorts.commitment_id = certain.commitment_id
            and shorts.period_no = certain.period_no
)

select
    commitment_id,
    period_no,
    shortfall_quantity_milli,
    cast(filled_quantity_milli as bigint) as filled_quantity_milli,
    cast(certain_shortfall_quantity_milli as bigint) as certain_shortfall_quantity_milli,
    certain_filled_on,
    -- The day of the last filling: of all that is short under make-up and extension, of its one part under carry-back.
    case
        when shortfall_quantity_milli = 0 or filled_quantity_milli = 0 then null
        when shortfall_mode in ('make_up', 'extend_term') then all_filled_on
        else next_period_end_on
    end as filled_on
from filled
