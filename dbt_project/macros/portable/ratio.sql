{# The one division of a rate: double, and NULL when the denominator is zero or unknown. #}
{% macro ratio(numerator, denominator) -%}
    cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0)
{%- endmacro %}

{# A sum of integers as bigint: engines disagree on what sum(bigint) is. #}
{% macro integer_sum(expression) -%}
    cast(coalesce(sum({{ expression }}), 0) as bigint)
{%- endmacro %}

{# A sum of card-seconds times gflops: too wide for bigint at national scale. #}
{% macro wide_sum(expression) -%}
    cast(coalesce(sum(cast({{ expression }} as decimal(38, 0))), 0) as decimal(38, 0))
{%- endmacro %}
