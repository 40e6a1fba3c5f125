-- Grain: one row per claim, rule and row of a register that the rule was judged by.
select
    evidence.claim_id,
    evidence.rule_no,
    evidence.record_kind,
    evidence.row_key,
    files.original_name as file_name,
    evidence.source_sha256,
    evidence.source_line
from {{ ref('int_subsidy__claim_evidence') }} as evidence
left join {{ ref('stg_intake__files') }} as files
    on evidence.source_sha256 = files.source_sha256
