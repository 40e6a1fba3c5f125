-- Grain: one row per center and subject with findings that hold, and one per center over all of them.
-- Families of evidence are independent of each other and rules of one family are not: the strongest of a family speaks.
with findings as (
    select * from {{ ref('fct_finding') }}
    where verdict = 'holds'
),

subjects as (
    select
        findings.center_id,
        findings.subject_kind,
        findings.subject_id,
        findings.severity,
        findings.evidence_family,
        findings.confidence
    from findings
    union all
    select
        findings.center_id,
        'all_of_center' as subject_kind,
        findings.center_id as subject_id,
        findings.severity,
        findings.evidence_family,
        findings.confidence
    from findings
),

strongest as (
    select
        subjects.center_id,
        subjects.subject_kind,
        subjects.subject_id,
        cast(count(*) as bigint) as finding_count,
        {{ integer_sum("case when subjects.severity = 'serious' then 1 else 0 end") }} as serious_finding_count,
        cast(count(distinct subjects.evidence_family) as bigint) as family_count,
        max(case when subjects.evidence_family = 'power' then subjects.confidence else 0 end) as power_confidence,
        max(case when subjects.evidence_family = 'identity' then subjects.confidence else 0 end)
            as identity_confidence,
        max(case when subjects.evidence_family = 'money' then subjects.confidence else 0 end) as money_confidence,
        max(case when subjects.evidence_family = 'time' then subjects.confidence else 0 end) as time_confidence
    from subjects
    group by subjects.center_id, subjects.subject_kind, subjects.subject_id
)

select
    strongest.center_id,
    strongest.subject_kind,
    strongest.subject_id,
    strongest.finding_count,
    strongest.serious_finding_count,
    strongest.family_count,
    cast(strongest.power_confidence as double) as power_confidence,
    cast(strongest.identity_confidence as double) as identity_confidence,
    cast(strongest.money_confidence as double) as money_confidence,
    cast(strongest.time_confidence as double) as time_confidence,
    cast(
        1 - (1 - strongest.power_confidence) * (1 - strongest.identity_confidence) * (1 - strongest.money_confidence)
        * (1 - strongest.time_confidence) as double
    ) as score
from strongest
