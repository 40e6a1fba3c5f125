{# What the excess of the next period may fill: under make-up all that is still short, under carry-back what was short
   of the period before it, else nothing. Stands inside the walk over periods of `int_offtake__period_credits`. #}
{% macro fillable_shortfall() -%}
    case
        when periods.shortfall_mode = 'make_up'
            then
                walk.fillable_quantity_milli
                - least(walk.excess_quantity_milli, walk.fillable_quantity_milli)
                + {{ short_of_walk() }}
        when periods.shortfall_mode <> 'extend_term' and periods.carry_back = 'allowed' then {{ short_of_walk() }}
        else 0
    end
{%- endmacro %}

{# What a period is short of when all its credit is used. #}
{% macro short_of_walk() -%}
    greatest(
        walk.need_quantity_milli
        {%- for age in range(1, 5) %} - {{ credit_used_from_bucket(age) }}{% endfor %},
        0
    )
{%- endmacro %}
