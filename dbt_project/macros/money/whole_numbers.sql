{# The whole numbers 0 to 999 in a column `number`, as the body of a common table expression. #}
{% macro whole_numbers_below_1000() -%}
    select cast(hundreds.digit * 100 + tens.digit * 10 + ones.digit as bigint) as number
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as hundreds (digit)
    cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as tens (digit)
    cross join (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as ones (digit)
{%- endmacro %}
