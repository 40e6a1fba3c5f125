{# The first of several days of which some may be NULL; NULL where all are. Engines disagree on `least` of a NULL. #}
{% macro first_day_of(days) -%}
    nullif(
        least({% for day in days %}coalesce({{ day }}, cast('9999-12-31' as date)){{ ', ' if not loop.last }}{% endfor %}),
        cast('9999-12-31' as date)
    )
{%- endmacro %}
