-- Grain: one row per commitment and local day from the signature to as-of; take and projection of the period then open.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

periods as (
    select * from {{ ref('int_offtake__period_settled') }}
),

day_take as (
    select * from {{ ref('int_offtake__day_take') }}
),

spine as (
    select
        commitment_id,
        {{ date_spine_days('least(signed_on, first_day_on)', 'as_of_on') }} as local_day
    from terms
),

days as (
    select
        terms.commitment_id,
        cast(spine.local_day as date) as local_day,
        terms.first_day_on,
        terms.ended_on
    from spine
    inner join terms
        on spine.commitment_id = terms.commitment_id
),

open_periods as (
    select
        days.commitment_id,
        days.local_day,
        days.first_day_on,
        periods.period_no,
        periods.relieved_quantity_milli,
        periods.related_cap_quantity_milli,
        periods.credit_available_quantity_milli,
        {{ days_between('periods.period_start_on', 'days.local_day') }} + 1 as elapsed_days,
        {{ days_between('periods.period_start_on', 'periods.period_end_on') }} as period_days
    from days
    left join periods
        on
            days.commitment_id = periods.commitment_id
            and periods.period_start_on <= days.local_day
            and days.local_day < periods.period_end_on
            and (days.ended_on is null or days.local_day < days.ended_on)
    qualify row_number() over (
        partition by days.commitment_id, days.local_day
        order by periods.period_sequence desc nulls last
    ) = 1
),

taken as (
    select
        open_periods.*,
        {% for part in ['uncapped', 'capped'] -%}
            cast(
                sum(coalesce(day_take.{{ part }}_quantity_milli, 0)) over (
                    partition by open_periods.commitment_id, open_periods.period_no
                    order by open_periods.local_day nulls last
                ) as bigint
            ) as {{ part }}_so_far_milli,
            cast(
                sum(
                    coalesce(day_take.{{ part }}_quantity_milli, 0) + coalesce(day_take.{{ part }}_unmetered_milli, 0)
                ) over (
                    partition by open_periods.commitment_id, open_periods.period_no
                    order by open_periods.local_day nulls last
                ) as bigint
            ) as {{ part }}_upper_so_far_milli,
        {% endfor -%}
        sum(coalesce(day_take.other_unit_row_count, 0)) over (
            partition by open_periods.commitment_id, open_periods.period_no
            order by open_periods.local_day nulls last
        ) as other_unit_row_count,
        -- Related take that the contract does not count at all is no take.
        max(
            case
                when
                    day_take.uncapped_quantity_milli > 0
                    or (day_take.capped_quantity_milli > 0 and open_periods.related_cap_quantity_milli > 0)
                    then open_periods.local_day
            end
        ) over (
            partition by open_periods.commitment_id
            order by open_periods.local_day nulls last
        ) as last_take_on,
        max(
            case
                when
                    day_take.uncapped_quantity_milli + day_take.uncapped_unmetered_milli > 0
                    or day_take.other_unit_row_count > 0
                    or (
                        day_take.capped_quantity_milli + day_take.capped_unmetered_milli > 0
                        and open_periods.related_cap_quantity_milli > 0
                    )
                    then open_periods.local_day
            end
        ) over (
            partition by open_periods.commitment_id
            order by open_periods.local_day nulls last
        ) as last_possible_take_on
    from open_periods
    left join day_take
        on
            open_periods.commitment_id = day_take.commitment_id
            and open_periods.local_day = day_take.used_on
),

projected as (
    select
        taken.*,
    {% for part in ['uncapped', 'capped', 'uncapped_upper', 'capped_upper'] -%}
        cast(
            floor(cast(taken.{{ part }}_so_far_milli as double) * taken.period_days / taken.elapsed_days) as bigint
        ) as {{ part }}_projected_milli{{ ',' if not loop.last }}
    {% endfor %}
    from taken
)

select
    commitment_id,
    local_day,
    period_no,
    relieved_quantity_milli,
    case
        when period_no is not null
            then
                uncapped_so_far_milli
                + least(capped_so_far_milli, related_cap_quantity_milli)
    end as eligible_so_far_quantity_milli,
    case
        when period_no is not null
            then
                uncapped_projected_milli
                + least(capped_projected_milli, related_cap_quantity_milli)
                + credit_available_quantity_milli
    end as projected_quantity_milli,
    case
        when period_no is not null and other_unit_row_count = 0
            then
                uncapped_upper_projected_milli
                + least(capped_upper_projected_milli, related_cap_quantity_milli)
                + credit_available_quantity_milli
    end as projected_upper_quantity_milli,
    {{ days_between(
        "coalesce(last_take_on, " ~ add_days('first_day_on', -1) ~ ")", 'local_day'
    ) }} as days_without_take,
    {{ days_between(
        "coalesce(last_possible_take_on, " ~ add_days('first_day_on', -1) ~ ")", 'local_day'
    ) }} as days_without_possible_take
from projected
