-- What the classes change above and below the line is the whole difference of both, to the last unit, so that the
-- contributions of a reading add up to its gap. A failing row is a reading part of whose gap nobody explains.
with explained as (
    select
        center_id,
        month_start_on,
        reading_id,
        sum(case when side = 'numerator' then amount_change else 0 end) as numerator_change,
        sum(case when side = 'denominator' then amount_change else 0 end) as denominator_change,
        sum(contribution) as contribution
    from {{ ref('fct_center_month__reading_gap') }}
    group by center_id, month_start_on, reading_id
)

select
    readings.center_id,
    readings.month_start_on,
    readings.reading_id
from {{ ref('fct_center_month__reading') }} as readings
left join explained
    on
        readings.center_id = explained.center_id
        and readings.month_start_on = explained.month_start_on
        and readings.reading_id = explained.reading_id
where
    coalesce(explained.numerator_change, 0) <> readings.compared_numerator - readings.our_numerator
    or coalesce(explained.denominator_change, 0) <> readings.compared_denominator - readings.our_denominator
    or abs(coalesce(explained.contribution, 0) - readings.gap_lower) > 0.000000001
