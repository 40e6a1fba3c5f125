{# What other definitions count of a card and day, and how much of it a second can hold. #}
{% macro reading_statistics() -%}
    {{ return({
        'busy_bp_seconds_lower': 10000,
        'busy_bp_seconds_upper': 10000,
        'above_zero_seconds_lower': 1,
        'above_zero_seconds_upper': 1,
        'at_1_pct_seconds': 1,
        'at_10_pct_seconds': 1,
        'at_20_pct_seconds': 1,
    }) }}
{%- endmacro %}

{# The share of each statistic that falls on some of a day's known seconds, in whole units, cut down. #}
{% macro shares_of_statistics(statistics, seconds) -%}
    {%- for statistic in reading_statistics() %}
        coalesce({{ whole_division(
            wide(statistics ~ '.' ~ statistic) ~ ' * (' ~ seconds ~ ')', statistics ~ '.known_seconds'
        ) }}, 0) as {{ statistic }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A statistic belongs to lit time as far as that can hold it, and to dark time beyond that. #}
{% macro statistics_by_lit_status(pieces, lit_status) -%}
    {%- for statistic, most in reading_statistics().items() %}
        case {{ lit_status }}
            when 'lit' then least({{ pieces }}.{{ statistic }}, {{ most }} * {{ pieces }}.lit_seconds)
            when 'dark' then greatest({{ pieces }}.{{ statistic }} - {{ most }} * {{ pieces }}.lit_seconds, 0)
            else 0
        end as {{ statistic }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
