{# Names the rules a verdict was reached by: the rule set written in SQL and the version of the policy seed. #}
{% macro policy_rule_version(rule_set) -%}
    (select '{{ rule_set }}/policy-' || cast(max(policy.policy_version) as string) from {{ ref('policy') }} as policy)
{%- endmacro %}
