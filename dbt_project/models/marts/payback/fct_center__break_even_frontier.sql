-- Grain: one row per center, threshold and racked share in steps of 2 %; only points that can exist.
with break_evens as (
    select * from {{ ref('int_payback__break_even') }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
)

select
    break_evens.center_id,
    break_evens.threshold,
    cast(numbers.number * 200 as integer) as racked_share_bp,
    round({{ ratio('break_evens.break_even_share * 10000', 'numbers.number * 200') }}, 6) as sold_share_of_racked
from break_evens
inner join numbers
    on
        numbers.number between 1 and 50
        and break_evens.break_even_share * 10000 <= numbers.number * 200
