{# The yearly rate at which the present value of each series of a relation is zero, or why there is none.
   The relation has series_id, period_index, periods_per_year and flow_cny_fen. #}
{% macro internal_rates(series_flows) -%}
with flows as (
    select * from {{ series_flows }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

-- From a loss of 95 % a year to a gain of 904 %, in steps of one percentage point.
coarse_rates as (
    select
        number,
        (number - 95) / cast(100 as double) as rate
    from numbers
),

coarse_values as (
    select
        flows.series_id,
        coarse_rates.rate,
        {{ present_value_at('coarse_rates.rate') }} as present_value
    from flows
    cross join coarse_rates
    group by flows.series_id, coarse_rates.rate
),

coarse_steps as (
    select
        series_id,
        rate,
        present_value,
        lag(rate) over (partition by series_id order by rate nulls last) as rate_before,
        lag(present_value) over (partition by series_id order by rate nulls last) as present_value_before
    from coarse_values
),

sign_changes as (
    select
        series_id,
        rate_before as low_rate,
        rate as high_rate,
        sign(present_value_before) as low_sign
    from coarse_steps
    where
        (present_value_before > 0 and present_value <= 0)
        or (present_value_before < 0 and present_value >= 0)
),

counted as (
    select
        coarse_values.series_id,
        count(distinct sign_changes.low_rate) as sign_change_count
    from coarse_values
    left join sign_changes
        on coarse_values.series_id = sign_changes.series_id
    group by coarse_values.series_id
),

percent_bracket as (
    select
        sign_changes.series_id,
        sign_changes.low_rate,
        sign_changes.high_rate,
        sign_changes.low_sign
    from sign_changes
    inner join counted
        on sign_changes.series_id = counted.series_id
    where counted.sign_change_count = 1
),

-- Four grids of a hundred steps each: the last bracket is 1e-10 wide, a hundred times finer than what is published.
first_bracket as (
    {{ narrower_bracket('percent_bracket') }}
),

second_bracket as (
    {{ narrower_bracket('first_bracket') }}
),

third_bracket as (
    {{ narrower_bracket('second_bracket') }}
),

fourth_bracket as (
    {{ narrower_bracket('third_bracket') }}
)

select
    counted.series_id,
    counted.sign_change_count,
    round((fourth_bracket.low_rate + fourth_bracket.high_rate) / 2, 8) as irr_rate,
    case
        when counted.sign_change_count = 0 then 'no_sign_change'
        when counted.sign_change_count > 1 then 'several_roots'
    end as irr_reason
from counted
left join fourth_bracket
    on counted.series_id = fourth_bracket.series_id
{%- endmacro %}
