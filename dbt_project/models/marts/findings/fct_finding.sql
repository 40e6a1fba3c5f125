-- Grain: one row per finding: a rule, a subject and a quarter in which the subject's data show the rule's pattern.
with findings as (
    select * from {{ ref('int_findings__told') }}
    union all
    select * from {{ ref('fct_finding__acceptance_padding') }}
)

select {{ finding_columns('findings') }}
from findings
