-- Grain: one row per way to choose blocks of one side of the window's end, and place of a block on that side.
-- Every way there is, also to choose none or all: with eight blocks a side, 256 of them.
with numbers as (
    {{ whole_numbers_below_1000() }}
),

places as (
    select
        number as place_no,
        cast(power(2, number) as bigint) as place_value
    from numbers
    where number < {{ policy_number('padding_days') }} / {{ policy_number('padding_block_days') }}
),

side as (
    select
        count(*) as side_block_count,
        max(place_value) * 2 as choice_count
    from places
)

select
    numbers.number as choice_no,
    places.place_no,
    side.side_block_count,
    {{ whole_division('numbers.number', 'places.place_value') }} % 2 as is_chosen,
    sum({{ whole_division('numbers.number', 'places.place_value') }} % 2) over (partition by numbers.number)
        as chosen_count
from numbers
cross join side
cross join places
where numbers.number < side.choice_count
