{# The one shape of all findings. `found` names a CTE with center_id, subject_kind, subject_id, period_start_on
   (its quarter), evidence_start_on, period_end_on (exclusive), observed, expected, verdict (holds or undetermined),
   is_weak, confidence, evidence_count, first_evidence_key and last_evidence_key. An accusation that is weak or undetermined is one step less grave. `kinds`
   names where unit and evidence_kind stand, if not with the rule. #}
{% macro finding_shape(rule_id, found, kinds='rules') -%}
select
    rules.rule_id || '/' || {{ found }}.center_id || '/' || {{ found }}.subject_kind || '/' || {{ found }}.subject_id
    || '/' || cast({{ found }}.period_start_on as string) as finding_id,
    rules.rule_id,
    {{ policy_rule_version(rule_id) }} || '.' || rules.rule_version as rule_version,
    {{ found }}.center_id,
    {{ found }}.subject_kind,
    {{ found }}.subject_id,
    {{ found }}.period_start_on,
    cast({{ found }}.evidence_start_on as date) as evidence_start_on,
    {{ found }}.period_end_on,
    case
        when not {{ found }}.is_weak and {{ found }}.verdict = 'holds' then rules.severity
        when rules.severity = 'serious' then 'watch'
        else 'info'
    end as severity,
    {{ found }}.verdict,
    cast({{ found }}.observed as double) as observed,
    cast({{ found }}.expected as double) as expected,
    {{ kinds }}.unit,
    cast({{ found }}.confidence as double) as confidence,
    rules.evidence_family,
    {{ kinds }}.evidence_kind,
    cast({{ found }}.evidence_count as bigint) as evidence_count,
    {{ found }}.first_evidence_key,
    {{ found }}.last_evidence_key,
    rules.counter_check_code
from {{ found }}
inner join {{ ref('finding_rules') }} as rules
    on rules.rule_id = '{{ rule_id }}'
{%- endmacro %}

{# Findings are told by calendar quarter, so that a finding keeps its name while its evidence grows. #}
{% macro quarter_start(day) -%}
    cast(date_trunc('quarter', {{ day }}) as date)
{%- endmacro %}

{# All columns of a finding in their order, of a relation that has the one shape. #}
{% macro finding_columns(findings) -%}
    {%- for column in [
        'finding_id', 'rule_id', 'rule_version', 'center_id', 'subject_kind', 'subject_id',
        'period_start_on', 'evidence_start_on', 'period_end_on', 'severity', 'verdict', 'observed',
        'expected', 'unit', 'confidence', 'evidence_family', 'evidence_kind', 'evidence_count',
        'first_evidence_key', 'last_evidence_key', 'counter_check_code'
    ] %}
    {{ findings }}.{{ column }}{{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
