{# One number or word of the policy seed, as a scalar subquery. Thresholds stand nowhere else. #}
{% macro policy_number(name) -%}
    (select policy.value_number from {{ ref('policy') }} as policy where policy.name = '{{ name }}')
{%- endmacro %}

{% macro policy_text(name) -%}
    (select policy.value_text from {{ ref('policy') }} as policy where policy.name = '{{ name }}')
{%- endmacro %}
