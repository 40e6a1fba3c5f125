-- Grain: one row per claim and rule of its programme's scheme.
with verdicts as (
    select * from {{ ref('int_subsidy__claim_rule_verdicts') }}
),

evidence as (
    select
        claim_id,
        rule_no,
        count(*) as evidence_row_count
    from {{ ref('int_subsidy__claim_evidence') }}
    group by claim_id, rule_no
)

select
    verdicts.claim_id,
    verdicts.rule_no,
    verdicts.programme_id,
    verdicts.center_id,
    verdicts.scheme_id,
    verdicts.check_id,
    verdicts.clause_zh,
    verdicts.clause_en,
    verdicts.threshold_number,
    verdicts.threshold_text,
    verdicts.finding,
    verdicts.verdict,
    verdicts.passes_at_lower,
    verdicts.passes_at_upper,
    verdicts.measured_lower,
    verdicts.measured_upper,
    cast(coalesce(evidence.evidence_row_count, 0) as bigint) as evidence_row_count
from verdicts
left join evidence
    on
        verdicts.claim_id = evidence.claim_id
        and verdicts.rule_no = evidence.rule_no
