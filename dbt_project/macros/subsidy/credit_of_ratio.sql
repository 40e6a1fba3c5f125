{# What a ratio of a target earns: all of its weight, its own share of it, or nothing. #}
{% macro credit_of_ratio(ratio, full_credit_from_bp, no_credit_below_bp) -%}
    case
        when {{ ratio }} * 10000 >= {{ full_credit_from_bp }} then 1.0
        when {{ ratio }} * 10000 >= {{ no_credit_below_bp }} then {{ ratio }}
        else 0.0
    end
{%- endmacro %}
