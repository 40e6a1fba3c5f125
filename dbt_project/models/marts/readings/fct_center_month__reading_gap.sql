-- Grain: one row per center, month, reading, class and side of the fraction that makes the reading differ from ours.
-- With our rate R = N / D and the reading n / d, a class adds ((n - N) - R x (d - D)) / d of the whole: whatever the
-- order, these add up to n / d - R. A mean over hosts is first brought to card time, which is its own contribution.
with answers as (
    select * from {{ ref('int_readings__answers') }}
),

class_parts as (
    select * from {{ ref('int_readings__class_parts') }}
),

classes as (
    select class_id
    from {{ ref('reading_causes') }}
    group by class_id
),

pairs as (
    select
        answers.center_id,
        answers.month_start_on,
        answers.reading_id,
        classes.class_id,
        coalesce(theirs.numerator_lower, 0) - coalesce(ours.numerator_lower, 0) as numerator_change,
        coalesce(theirs.denominator, 0) - coalesce(ours.denominator, 0) as denominator_change,
        answers.compared_denominator,
        {{ ratio('answers.our_numerator', 'answers.our_denominator') }} as our_rate
    from answers
    cross join classes
    left join class_parts as theirs
        on
            answers.center_id = theirs.center_id
            and answers.month_start_on = theirs.month_start_on
            and answers.compared_reading_id = theirs.reading_id
            and classes.class_id = theirs.class_id
    left join class_parts as ours
        on
            answers.center_id = ours.center_id
            and answers.month_start_on = ours.month_start_on
            and ours.reading_id = 'ours'
            and classes.class_id = ours.class_id
),

contributions as (
    select
        center_id,
        month_start_on,
        reading_id,
        class_id,
        'numerator' as side,
        numerator_change as amount_change,
        {{ ratio('numerator_change', 'compared_denominator') }} as contribution
    from pairs
    where numerator_change <> 0
    union all
    select
        center_id,
        month_start_on,
        reading_id,
        class_id,
        'denominator' as side,
        denominator_change as amount_change,
        -our_rate * {{ ratio('denominator_change', 'compared_denominator') }} as contribution
    from pairs
    where denominator_change <> 0
    union all
    select
        answers.center_id,
        answers.month_start_on,
        answers.reading_id,
        'averaging' as class_id,
        'averaging' as side,
        cast(null as decimal(38, 0)) as amount_change,
        {{ ratio('answers.numerator_lower', 'answers.denominator') }}
        - {{ ratio('answers.compared_numerator', 'answers.compared_denominator') }} as contribution
    from answers
    where answers.reading_id <> answers.compared_reading_id
)

select
    contributions.center_id,
    contributions.month_start_on,
    contributions.reading_id,
    contributions.class_id,
    contributions.side,
    causes.class_order,
    causes.cause_zh,
    causes.cause_en,
    cast(contributions.amount_change as decimal(38, 0)) as amount_change,
    contributions.contribution
from contributions
inner join {{ ref('reading_causes') }} as causes
    on
        contributions.class_id = causes.class_id
        and contributions.side = causes.side
        and case when contributions.amount_change < 0 then 'less' else 'more' end = causes.direction
