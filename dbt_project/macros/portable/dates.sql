{# Calendar arithmetic. Every result is a date, on every engine. #}

{# One row per day from first to last, both included; stands alone in a select list. Cast the column to date after it. #}
{% macro date_spine_days(first_day, last_day) -%}
    {%- if target is defined and target.type == 'spark' -%}
        explode(sequence({{ first_day }}, {{ last_day }}, interval 1 day))
    {%- else -%}
        unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day))
    {%- endif -%}
{%- endmacro %}

{% macro add_days(day, days) -%}
    {%- if target is defined and target.type == 'spark' -%}
        date_add({{ day }}, cast({{ days }} as int))
    {%- else -%}
        cast({{ day }} + cast({{ days }} as integer) as date)
    {%- endif -%}
{%- endmacro %}

{# A day past the end of the target month becomes that month's last day. #}
{% macro add_months(day, months) -%}
    {%- if target is defined and target.type == 'spark' -%}
        add_months({{ day }}, cast({{ months }} as int))
    {%- else -%}
        cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
    {%- endif -%}
{%- endmacro %}

{% macro month_start(day) -%}
    cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}

{% macro days_between(first_day, last_day) -%}
    {%- if target is defined and target.type == 'spark' -%}
        cast(datediff({{ last_day }}, {{ first_day }}) as bigint)
    {%- else -%}
        cast(date_diff('day', {{ first_day }}, {{ last_day }}) as bigint)
    {%- endif -%}
{%- endmacro %}
