-- Grain: one row per scheme and rule.
with rules as (
    select * from {{ ref('int_subsidy__rules') }}
),

schemes as (
    select * from {{ ref('subsidy_schemes') }}
)

select
    rules.scheme_id,
    rules.rule_no,
    schemes.name_zh as scheme_name_zh,
    schemes.name_en as scheme_name_en,
    schemes.subsidy_kind,
    schemes.earning_variant,
    schemes.local_use_basis,
    rules.check_id,
    rules.threshold_number,
    rules.threshold_text,
    rules.clause_zh,
    rules.clause_en,
    schemes.source_zh,
    schemes.source_en
from rules
inner join schemes
    on rules.scheme_id = schemes.scheme_id
