-- Grain: one row per commitment and thirty days since the end of its acceptance window, as far as observed.
with recursive terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

day_take as (
    select * from {{ ref('int_offtake__day_take') }}
),

-- The daily take of the ninety days up to the end is what later months are held against.
starts as (
    select
        terms.commitment_id,
        terms.vendor_party_id,
        terms.as_of_on,
        terms.acceptance_end_on,
        {{ integer_sum(
            'case when day_take.used_on < terms.acceptance_end_on and day_take.used_on >= '
            ~ add_days('terms.acceptance_end_on', -90)
            ~ ' then day_take.unrelated_quantity_milli + day_take.related_quantity_milli else 0 end'
        ) }} as baseline_quantity_milli
    from terms
    left join day_take
        on terms.commitment_id = day_take.commitment_id
    where
        terms.acceptance_end_on is not null
        and terms.first_day_on <= {{ add_days('terms.acceptance_end_on', -90) }}
    group by terms.commitment_id, terms.vendor_party_id, terms.as_of_on, terms.acceptance_end_on
),

months as (
    select
        commitment_id,
        0 as month_no,
        acceptance_end_on as month_start_on
    from starts
    union all
    select
        months.commitment_id,
        months.month_no + 1 as month_no,
        {{ add_days('months.month_start_on', 30) }} as month_start_on
    from months
    where months.month_no < 23
)

select
    starts.commitment_id,
    cast(months.month_no as bigint) as months_since_acceptance,
    starts.vendor_party_id,
    months.month_start_on,
    starts.baseline_quantity_milli,
    {{ integer_sum('day_take.unrelated_quantity_milli + day_take.related_quantity_milli') }} as take_quantity_milli
from starts
inner join months
    on starts.commitment_id = months.commitment_id
left join day_take
    on
        starts.commitment_id = day_take.commitment_id
        and months.month_start_on <= day_take.used_on
        and day_take.used_on < {{ add_days('months.month_start_on', 30) }}
where
    starts.baseline_quantity_milli > 0
    and {{ add_days('months.month_start_on', 30) }} <= starts.as_of_on
group by
    starts.commitment_id,
    months.month_no,
    starts.vendor_party_id,
    months.month_start_on,
    starts.baseline_quantity_milli
