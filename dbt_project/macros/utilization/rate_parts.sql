{# The parts that rates are made of, one name each, the same in every rate model.
   Second parts add up over the days of a period and over cards; count parts hold at the end of a day. #}
{% macro second_parts() -%}
    {{ return([
        'planned', 'planned_due', 'planned_amended',
        'installed', 'able', 'proven', 'excused', 'capped_lower', 'capped_upper',
        'commissioned', 'commissioned_maintenance', 'commissioned_fault',
        'known', 'lit_lower', 'lit_upper',
        'lit_1_lower', 'lit_1_upper', 'lit_5_lower', 'lit_5_upper',
        'lit_10_lower', 'lit_10_upper', 'lit_20_lower', 'lit_20_upper',
        'lit_commissioned_lower', 'lit_commissioned_upper',
        'occupied_lower', 'occupied_upper', 'productive_lower', 'productive_upper',
        'sold', 'allocated', 'known_sold', 'lit_sold_lower', 'lit_sold_upper',
        'business_lower', 'business_upper', 'external_lower', 'external_upper', 'own_lower', 'own_upper',
        'business_sold_lower', 'business_sold_upper', 'external_sold_lower', 'external_sold_upper',
        'own_sold_lower', 'own_sold_upper', 'productive_sold_lower', 'productive_sold_upper',
        'productive_commissioned_lower', 'productive_commissioned_upper',
        'lit_profiled', 'lit_power_lower', 'lit_power_upper', 'declared'
    ]) }}
{%- endmacro %}

{% macro count_parts() -%}
    {{ return([
        'planned_end', 'planned_due_end', 'planned_amended_end', 'able_end', 'proven_end',
        'capped_end_lower', 'capped_end_upper'
    ]) }}
{%- endmacro %}

{# Counts of things that are no cards: they have no weight. #}
{% macro place_parts() -%}
    {{ return([
        'cabinets', 'cabinets_able_lower', 'cabinets_able_upper', 'cabinets_powered_lower', 'cabinets_powered_upper',
        'rack_units', 'rack_units_used', 'positions', 'positions_used', 'contracted_w', 'installed_w'
    ]) }}
{%- endmacro %}

{# Parts that programmes credit: numerators of rates whose denominator stays nominal. #}
{% macro credited_parts() -%}
    {{ return([
        'proven', 'able', 'capped_lower', 'capped_upper', 'business_lower', 'business_upper',
        'lit_lower', 'lit_upper'
    ]) }}
{%- endmacro %}

{# Denominators that only a period as a whole has. #}
{% macro derived_parts() -%}
    {{ return(['commissioned_net', 'commissioned_available', 'commissioned_allowance']) }}
{%- endmacro %}

{# The value of the part that a registry row names in `name`, for the row's weight. #}
{% macro part_value(name) -%}
    case
        {%- for weight in ['card', 'pflops'] %}
        when metrics.weight = '{{ weight }}'
            then
                case {{ name }}
                    {%- for part in second_parts() + count_parts() + derived_parts() %}
                    when '{{ part }}' then sums.{{ part }}_{{ weight }}
                    {%- endfor %}
                    {%- if weight == 'card' %}
                    when 'unweighted' then sums.unweighted_card
                    {%- endif %}
                end
        {%- endfor %}
        when metrics.weight = 'credited'
            then
                case {{ name }}
                    {%- for part in credited_parts() %}
                    when '{{ part }}' then sums.{{ part }}_credited
                    {%- endfor %}
                    when 'planned' then sums.planned_pflops
                end
        when metrics.weight = 'place'
            then
                case {{ name }}
                    {%- for part in place_parts() %}
                    when '{{ part }}' then sums.{{ part }}
                    {%- endfor %}
                end
    end
{%- endmacro %}
