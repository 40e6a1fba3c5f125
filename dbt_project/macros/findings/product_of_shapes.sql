{# What two hours' contrasts of power have in common: the sum of the products of each. #}
{% macro product_of_shapes(one, other) -%}
    {%- for number in range(1, 9) -%}
        {{ one }}.power_shape_{{ number }}_dw * {{ other }}.power_shape_{{ number }}_dw{{ ' + ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
