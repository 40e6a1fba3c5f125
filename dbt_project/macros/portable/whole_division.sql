{# Whole part of an exact division of whole numbers that may be wider than bigint once multiplied. #}
{% macro whole_division(numerator, denominator) -%}
    {%- if target is defined and target.type == 'spark' -%}
        cast(floor(cast({{ numerator }} as decimal(38, 0)) / {{ denominator }}) as bigint)
    {%- else -%}
        cast(({{ numerator }}) // ({{ denominator }}) as bigint)
    {%- endif -%}
{%- endmacro %}

{# A whole number wide enough to be multiplied by another one. #}
{% macro wide(number) -%}
    {%- if target is defined and target.type == 'spark' -%}
        cast({{ number }} as decimal(38, 0))
    {%- else -%}
        cast({{ number }} as hugeint)
    {%- endif -%}
{%- endmacro %}
