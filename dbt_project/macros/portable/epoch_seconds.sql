{# Whole seconds since 1970-01-01 UTC of a timestamp with time zone. #}
{% macro epoch_seconds(instant) -%}
    {%- if target is defined and target.type == 'spark' -%}
        unix_timestamp({{ instant }})
    {%- else -%}
        cast(floor(epoch({{ instant }})) as bigint)
    {%- endif -%}
{%- endmacro %}
