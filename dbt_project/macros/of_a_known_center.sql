{# Money, promises and registers of a center count once a row of `centers` in force as of the build names it; until then
   they are set aside (int_integrity__unknown_rows). Staging reads no other staging model, so the register is read here. #}
{% macro of_a_known_center(relation) -%}
    {{ relation }}.center_id in (
        select known_centers.center_id
        from (
            select centers.center_id
            from {{ source('raw', 'centers') }} as centers
            inner join {{ source('raw', 'build') }} as build
                on centers.recorded_at <= build.as_of_at
            qualify {{ newest_row_per(['center_id']) }} = 1
        ) as known_centers
    )
{%- endmacro %}
