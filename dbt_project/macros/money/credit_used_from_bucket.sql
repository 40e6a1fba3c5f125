{# What a period takes from the credit that is `age` periods old: its need, less all that is older and used before. #}
{% macro credit_used_from_bucket(age) -%}
    least(
        walk.credit_of_{{ age }}_before_milli,
        greatest(
            walk.need_quantity_milli
            {%- for older in range(age + 1, 5) %} - walk.credit_of_{{ older }}_before_milli{% endfor %},
            0
        )
    )
{%- endmacro %}
