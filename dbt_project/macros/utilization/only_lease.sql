{# Number of the one lease in force: 0 where none is, -1 where different ones overlap.
   Of n numbers in force only sum and sum of squares are swept; n times the squares equals the square of the sum
   exactly when all n are the same. #}
{% macro only_lease(count, number_sum, square_sum) -%}
    case
        when {{ count }} = 0 then cast(0 as bigint)
        when {{ count }} * {{ square_sum }} = {{ number_sum }} * {{ number_sum }}
            then cast(floor({{ number_sum }} / {{ count }}) as bigint)
        else cast(-1 as bigint)
    end
{%- endmacro %}
