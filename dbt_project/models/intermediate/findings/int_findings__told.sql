-- Grain: one row per finding of the rules that stand on intermediate models: all but F09.
with findings as (
    select * from {{ ref('int_findings__f01_phantom_rack') }}
    union all
    select * from {{ ref('int_findings__f02_serial_vanishes') }}
    union all
    select * from {{ ref('int_findings__f03_reappears_elsewhere') }}
    union all
    select * from {{ ref('int_findings__f04_resold_cards') }}
    union all
    select * from {{ ref('int_findings__f05_synthetic_low_power') }}
    union all
    select * from {{ ref('int_findings__f06_synthetic_burn') }}
    union all
    select * from {{ ref('int_findings__f07_paper_lease') }}
    union all
    select * from {{ ref('int_findings__f08_bought_revenue') }}
    union all
    select * from {{ ref('int_findings__f10_double_count') }}
    union all
    select * from {{ ref('int_findings__f11_convenient_silence') }}
    union all
    select * from {{ ref('int_findings__f12_cloned_feed') }}
    union all
    select * from {{ ref('int_findings__f13_energy_mismatch') }}
    union all
    select * from {{ ref('int_findings__f14_inflated_peak') }}
    union all
    select * from {{ ref('int_findings__f15_price_outlier') }}
    union all
    select * from {{ ref('int_findings__f16_cancel_wave') }}
    union all
    select * from {{ ref('int_findings__f17_milestone_sprint') }}
    union all
    select * from {{ ref('int_findings__f18_back_dating') }}
    union all
    select * from {{ ref('int_findings__f19_monoculture') }}
    union all
    select * from {{ ref('int_findings__f20_edited_telemetry') }}
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
