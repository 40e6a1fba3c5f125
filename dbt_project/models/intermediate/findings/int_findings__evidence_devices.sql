-- Grain: one row per finding and card whose readings or register rows it rests on. Findings about a whole center are
-- not here: they rest on all of its cards. Of a card that fell silent the day before is told too: it was there.
with findings as (
    select
        finding_id,
        rule_id,
        center_id,
        subject_kind,
        subject_id,
        evidence_start_on,
        period_start_on,
        period_end_on
    from {{ ref('int_findings__told') }}
    where subject_kind in ('device', 'device_pair', 'slice', 'server', 'cabinet', 'lease', 'model')
),

named as (
    select
        finding_id,
        subject_id as device_uid
    from findings
    where subject_kind in ('device', 'slice')
    union
    select
        finding_id,
        substring(subject_id, 1, instr(subject_id, ' + ') - 1) as device_uid
    from findings
    where subject_kind = 'device_pair'
    union
    select
        finding_id,
        substring(subject_id, instr(subject_id, ' + ') + 3, length(subject_id)) as device_uid
    from findings
    where subject_kind = 'device_pair'
),

placed as (
    select
        findings.finding_id,
        card_days.device_uid
    from findings
    inner join {{ ref('int_findings__card_days') }} as card_days
        on
            findings.center_id = card_days.center_id
            and findings.subject_id = card_days.server_id
            and card_days.local_day >= findings.evidence_start_on
            and card_days.local_day < findings.period_end_on
    where findings.subject_kind = 'server'
    union
    select
        findings.finding_id,
        card_days.device_uid
    from findings
    inner join {{ ref('stg_registers__servers') }} as servers
        on
            findings.center_id = servers.center_id
            and findings.subject_id = servers.cabinet_id
    inner join {{ ref('int_findings__card_days') }} as card_days
        on
            findings.center_id = card_days.center_id
            and servers.server_id = card_days.server_id
            and card_days.local_day >= findings.evidence_start_on
            and card_days.local_day < findings.period_end_on
    where findings.subject_kind = 'cabinet'
),

leased as (
    select
        findings.finding_id,
        lease_spans.device_uid
    from findings
    inner join {{ ref('int_inventory__lease_device_spans') }} as lease_spans
        on
            findings.center_id = lease_spans.center_id
            and findings.subject_id = lease_spans.lease_id
    where findings.subject_kind = 'lease'
),

-- Cards that vanished one by one in the quarter, or all cards of a model that is listed too often.
of_a_model as (
    select
        findings.finding_id,
        devices.device_uid
    from findings
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            findings.center_id = devices.center_id
            and findings.subject_id = devices.model_id
    left join {{ ref('int_findings__f02_serial_vanishes') }} as vanished
        on
            findings.center_id = vanished.center_id
            and devices.device_uid = vanished.subject_id
            and findings.period_start_on = vanished.period_start_on
    where findings.subject_kind = 'model' and (findings.rule_id <> 'F04' or vanished.finding_id is not null)
),

together as (
    select * from named
    union
    select * from placed
    union
    select * from leased
    union
    select * from of_a_model
)

select
    findings.finding_id,
    findings.rule_id,
    findings.center_id,
    together.device_uid,
    case
        when findings.rule_id in ('F02', 'F04') then {{ add_days('findings.evidence_start_on', '-1') }}
        else findings.evidence_start_on
    end as evidence_start_on,
    findings.period_end_on
from together
inner join findings
    on together.finding_id = findings.finding_id
