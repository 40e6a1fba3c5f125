-- Grain: one row per finding: a rule, a subject and a quarter in which the subject's data show the rule's pattern.
with findings as (
    select * from {{ ref('int_findings__told') }}
    union all
    select * from {{ ref('fct_finding__acceptance_padding') }}
)

select
    findings.finding_id,
    findings.rule_id,
    findings.rule_version,
    findings.center_id,
    findings.subject_kind,
    findings.subject_id,
    findings.period_start_on,
    findings.evidence_start_on,
    findings.period_end_on,
    findings.severity,
    findings.verdict,
    findings.observed,
    findings.expected,
    findings.unit,
    findings.confidence,
    findings.evidence_family,
    findings.evidence_kind,
    findings.evidence_count,
    findings.first_evidence_key,
    findings.last_evidence_key,
    findings.counter_check_code
from findings
