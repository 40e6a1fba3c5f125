-- Grain: one row per rule of fraud and quality.
select
    rules.rule_id,
    rules.rule_version,
    rules.slug,
    rules.name_zh,
    rules.name_en,
    rules.pattern_zh,
    rules.pattern_en,
    rules.false_positives_zh,
    rules.false_positives_en,
    rules.counter_check_code,
    rules.counter_check_zh,
    rules.counter_check_en,
    rules.severity,
    rules.evidence_family,
    rules.evidence_kind,
    rules.unit,
    rules.needs
from {{ ref('finding_rules') }} as rules
