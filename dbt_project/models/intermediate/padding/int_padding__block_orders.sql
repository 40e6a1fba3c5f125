-- Grain: one row per way to call half of all blocks "before" and block so called.
-- Every way there is: with eight blocks a side, 12,870 of them.
with digits as (
    {{ whole_numbers_below_1000() }}
),

blocks as (
    select
        number as block_no,
        cast(power(2, number) as bigint) as place_value
    from digits
    where number < 2 * {{ policy_number('padding_days') }} / {{ policy_number('padding_block_days') }}
),

all_ways as (
    select high.number * 256 + low.number as way_no
    from digits as high
    cross join digits as low
    where
        high.number < 256
        and low.number < 256
),

block_counts as (
    select
        count(*) as block_count,
        max(place_value) * 2 as way_count
    from blocks
),

members as (
    select
        all_ways.way_no,
        blocks.block_no,
        block_counts.block_count,
        count(*) over (partition by all_ways.way_no) as chosen_block_count
    from all_ways
    cross join block_counts
    inner join blocks
        on {{ whole_division('all_ways.way_no', 'blocks.place_value') }} % 2 = 1
    where all_ways.way_no < block_counts.way_count
)

select
    way_no,
    block_no
from members
where chosen_block_count * 2 = block_count
