-- Grain: one row per center, month and reading of common practice that has an answer there.
with answers as (
    select * from {{ ref('int_readings__answers') }}
),

ours as (
    select
        center_id,
        month_start_on,
        lit_rate_of_racked_lower,
        lit_rate_of_racked_upper
    from {{ ref('fct_center_month__utilization') }}
)

select
    answers.center_id,
    answers.month_start_on,
    answers.reading_id,
    readings.reading_order,
    readings.name_zh,
    readings.name_en,
    readings.how_zh,
    readings.how_en,
    answers.numerator_lower,
    answers.numerator_upper,
    answers.denominator,
    {{ ratio('answers.numerator_lower', 'answers.denominator') }} as answer_lower,
    {{ ratio('answers.numerator_upper', 'answers.denominator') }} as answer_upper,
    answers.compared_numerator,
    answers.compared_denominator,
    answers.our_numerator,
    answers.our_denominator,
    {{ ratio('answers.our_numerator', 'answers.our_denominator') }} as our_lower,
    ours.lit_rate_of_racked_upper as our_upper,
    {{ ratio('answers.numerator_lower', 'answers.denominator') }}
    - {{ ratio('answers.our_numerator', 'answers.our_denominator') }} as gap_lower
from answers
inner join {{ ref('readings') }} as readings
    on answers.reading_id = readings.reading_id
left join ours
    on
        answers.center_id = ours.center_id
        and answers.month_start_on = ours.month_start_on
