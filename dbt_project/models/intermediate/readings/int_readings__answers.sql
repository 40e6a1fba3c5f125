-- Grain: one row per center, month and reading: its parts, those of the sum of classes it is compared by, and ours.
with totals as (
    select
        center_id,
        month_start_on,
        reading_id,
        {{ wide_sum('numerator_lower') }} as numerator_lower,
        {{ wide_sum('numerator_upper') }} as numerator_upper,
        {{ wide_sum('denominator') }} as denominator
    from {{ ref('int_readings__class_parts') }}
    group by center_id, month_start_on, reading_id
),

answers as (
    select * from totals
    where reading_id <> 'ours'
    union all
    select * from {{ ref('int_readings__host_means') }}
),

ours as (
    select * from totals
    where reading_id = 'ours'
),

positions as (
    select
        center_id,
        month_start_on
    from {{ ref('int_readings__positions') }}
)

select
    answers.center_id,
    answers.month_start_on,
    answers.reading_id,
    readings.compared_reading_id,
    answers.numerator_lower,
    answers.numerator_upper,
    answers.denominator,
    compared.numerator_lower as compared_numerator,
    compared.denominator as compared_denominator,
    ours.numerator_lower as our_numerator,
    ours.denominator as our_denominator
from answers
inner join {{ ref('readings') }} as readings
    on answers.reading_id = readings.reading_id
inner join totals as compared
    on
        answers.center_id = compared.center_id
        and answers.month_start_on = compared.month_start_on
        and readings.compared_reading_id = compared.reading_id
inner join ours
    on
        answers.center_id = ours.center_id
        and answers.month_start_on = ours.month_start_on
left join positions
    on
        answers.center_id = positions.center_id
        and answers.month_start_on = positions.month_start_on
where
    answers.denominator > 0
    and compared.denominator > 0
    and ours.denominator > 0
    and (answers.reading_id <> 'rack_positions_used' or positions.center_id is not null)
