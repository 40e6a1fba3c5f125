{# Whether a GB/T 2260 code lies in an area: a code that ends in 0000 is a province, one in 00 a city. #}
{% macro is_in_area(code, area) -%}
    case
        when {{ area }} % 10000 = 0
            then {{ whole_division(code, '10000') }} = {{ whole_division(area, '10000') }}
        when {{ area }} % 100 = 0
            then {{ whole_division(code, '100') }} = {{ whole_division(area, '100') }}
        else {{ code }} = {{ area }}
    end
{%- endmacro %}
