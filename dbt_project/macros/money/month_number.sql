{# Months since year 0, so that the difference of two is a count of calendar months. #}
{% macro month_number(day) -%}
    cast(extract(year from {{ day }}) * 12 + extract(month from {{ day }}) as bigint)
{%- endmacro %}
