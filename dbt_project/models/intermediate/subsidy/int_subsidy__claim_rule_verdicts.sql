-- Grain: one row per claim and rule: judged against the claimant (lower) and for it (upper).
with checks as (
    select * from {{ ref('int_subsidy__claim_party_checks') }}
    union all
    select * from {{ ref('int_subsidy__claim_paper_checks') }}
    union all
    select * from {{ ref('int_subsidy__claim_amount_checks') }}
),

claim_rules as (
    select * from {{ ref('int_subsidy__claim_rules') }}
)

select
    claim_rules.claim_id,
    claim_rules.rule_no,
    claim_rules.programme_id,
    claim_rules.center_id,
    claim_rules.scheme_id,
    claim_rules.check_id,
    claim_rules.threshold_number,
    claim_rules.threshold_text,
    claim_rules.clause_zh,
    claim_rules.clause_en,
    coalesce(checks.finding, 'not_checked') as finding,
    coalesce(checks.passes_at_lower, false) as passes_at_lower,
    coalesce(checks.passes_at_upper, true) as passes_at_upper,
    case
        when checks.passes_at_lower then 'pass'
        when not checks.passes_at_upper then 'fail'
        else 'undetermined'
    end as verdict,
    checks.measured_lower,
    checks.measured_upper
from claim_rules
left join checks
    on
        claim_rules.claim_id = checks.claim_id
        and claim_rules.rule_no = checks.rule_no
