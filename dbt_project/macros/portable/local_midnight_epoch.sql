{# Epoch seconds of the first instant of a local day. Two of them differ by the true length of the day (DST). #}
{% macro local_midnight_epoch(day, time_zone) -%}
    {%- if target is defined and target.type == 'spark' -%}
        unix_timestamp(to_utc_timestamp(cast({{ day }} as timestamp), {{ time_zone }}))
    {%- else -%}
        cast(epoch(timezone({{ time_zone }}, cast({{ day }} as timestamp))) as bigint)
    {%- endif -%}
{%- endmacro %}
