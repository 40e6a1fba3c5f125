{# The local day an instant, given in epoch seconds, falls on. #}
{% macro local_date(epoch_seconds, time_zone) -%}
    {%- if target is defined and target.type == 'spark' -%}
        cast(from_utc_timestamp(timestamp_seconds({{ epoch_seconds }}), {{ time_zone }}) as date)
    {%- else -%}
        cast(timezone({{ time_zone }}, to_timestamp({{ epoch_seconds }})) as date)
    {%- endif -%}
{%- endmacro %}
