-- Grain: one row per finding and register row it rests on, by kind and key.
with findings as (
    select
        finding_id,
        rule_id,
        center_id,
        subject_kind,
        subject_id,
        evidence_start_on,
        period_end_on,
        last_evidence_key
    from {{ ref('int_findings__told') }}
),

-- Of two rows that clash, each is evidence.
sides as (
    select named.is_other from (values (false), (true)) as named (is_other)
),

events as (
    select
        devices.finding_id,
        'device_events' as record_kind,
        events.event_id as record_key
    from {{ ref('int_findings__evidence_devices') }} as devices
    inner join {{ ref('int_integrity__device_events') }} as events
        on
            devices.center_id = events.center_id
            and devices.device_uid = events.device_uid
    where devices.rule_id in ('F01', 'F02', 'F03', 'F04', 'F10')
    union
    select
        findings.finding_id,
        'device_events' as record_kind,
        case when sides.is_other then listed.other_event_id else listed.event_id end as record_key
    from findings
    inner join {{ ref('int_findings__listed_twice') }} as listed
        on
            findings.center_id = listed.center_id
            and findings.subject_kind = listed.subject_kind
            and findings.subject_id = listed.subject_id
    cross join sides
    where findings.rule_id = 'F10'
),

-- Two centers may each send days of one card.
shared_days as (
    select
        findings.finding_id,
        record_rows.record_kind,
        record_rows.row_key as record_key
    from findings
    inner join {{ ref('stg_intake__record_rows') }} as record_rows
        on
            record_rows.record_kind = 'device_days'
            and findings.subject_id = record_rows.device_uid
            and cast(substring(record_rows.row_key, length(record_rows.row_key) - 9, 10) as date)
            >= findings.evidence_start_on
            and cast(substring(record_rows.row_key, length(record_rows.row_key) - 9, 10) as date)
            < findings.period_end_on
    where findings.rule_id = 'F03'
),

lease_ids as (
    select
        finding_id,
        subject_id as lease_id
    from findings
    where subject_kind = 'lease'
    union
    select
        findings.finding_id,
        case when sides.is_other then twice.other_lease_id else twice.lease_id end as lease_id
    from findings
    inner join {{ ref('int_findings__leased_twice') }} as twice
        on
            findings.center_id = twice.center_id
            and findings.subject_id = twice.device_uid
    cross join sides
    where findings.rule_id = 'F10' and findings.subject_kind = 'device'
    union
    select
        findings.finding_id,
        leases.lease_id
    from findings
    inner join {{ ref('stg_registers__leases') }} as leases
        on
            findings.center_id = leases.center_id
            and (
                findings.subject_id = leases.tenant_party_id
                or (findings.subject_kind = 'center' and leases.cancelled_epoch_seconds is not null)
            )
    inner join {{ ref('int_calendar__centers') }} as centers
        on leases.center_id = centers.center_id
    where
        findings.rule_id = 'F16'
        and {{ local_date('leases.starts_epoch_seconds', 'centers.time_zone') }} < findings.period_end_on
        and {{ local_date(
            'coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds)', 'centers.time_zone'
        ) }} >= findings.evidence_start_on
),

of_leases as (
    select
        finding_id,
        'leases' as record_kind,
        lease_id as record_key
    from lease_ids
    union
    select
        lease_ids.finding_id,
        'invoice_lines' as record_kind,
        lines.invoice_line_id as record_key
    from lease_ids
    inner join findings
        on lease_ids.finding_id = findings.finding_id
    inner join {{ ref('stg_registers__invoice_lines') }} as lines
        on
            lease_ids.lease_id = lines.lease_id
            and lines.service_from < findings.period_end_on
            and lines.service_to > findings.evidence_start_on
    where findings.rule_id = 'F07'
    union
    select
        lease_ids.finding_id,
        record_rows.record_kind,
        record_rows.row_key as record_key
    from lease_ids
    inner join findings
        on lease_ids.finding_id = findings.finding_id
    inner join {{ ref('stg_registers__lease_devices') }} as lease_devices
        on
            lease_ids.lease_id = lease_devices.lease_id
            and (findings.rule_id <> 'F10' or findings.subject_id = lease_devices.device_uid)
    inner join {{ ref('stg_intake__record_rows') }} as record_rows
        on
            record_rows.record_kind = 'lease_devices'
            and lease_devices.device_uid = record_rows.device_uid
            and lease_devices.source_sha256 = record_rows.source_sha256
            and lease_devices.source_line = record_rows.source_line
),

claims as (
    select
        findings.finding_id,
        case when sides.is_other then doubles.other_claim_id else doubles.claim_id end as claim_id,
        doubles.item_kind,
        doubles.item_ref
    from findings
    inner join {{ ref('int_subsidy__double_claims') }} as doubles
        on
            findings.center_id = doubles.center_id
            and findings.subject_id = doubles.item_kind || ' ' || doubles.item_ref
    cross join sides
    where findings.subject_kind = 'claimed_item'
),

payments as (
    select
        findings.finding_id,
        flows.flow_source as record_kind,
        flows.flow_id as record_key
    from findings
    inner join {{ ref('int_parties__flows') }} as flows
        on
            instr(findings.subject_id, flows.payer_party_id || ' + ' || flows.payee_party_id) = 1
            or (
                findings.center_id = flows.center_id
                and findings.subject_id like '% + ' || flows.payer_party_id
                and flows.paid_on >= findings.evidence_start_on
            )
    where
        findings.subject_kind = 'party_pair'
        and flows.paid_on < findings.period_end_on
        and flows.paid_on >= {{ add_days('findings.evidence_start_on', '-' ~ policy_number('related_window_days')) }}
    union
    select
        findings.finding_id,
        flows.flow_source as record_kind,
        flows.flow_id as record_key
    from findings
    inner join {{ ref('int_parties__round_trips') }} as circles
        on
            findings.center_id = circles.center_id
            and findings.subject_id = 'round of ' || replace(trim(both '|' from circles.party_path), '|', ' > ')
            and circles.first_paid_on >= findings.evidence_start_on
            and circles.last_paid_on < findings.period_end_on
    inner join {{ ref('int_parties__flows') }} as flows
        on instr(' ' || circles.flow_keys || ' ', ' ' || flows.flow_source || ':' || flows.flow_id || ' ') > 0
    where findings.subject_kind = 'cycle'
),

settled as (
    select
        findings.finding_id,
        'subsidy_milestones' as record_kind,
        milestones.milestone_id as record_key
    from findings
    inner join {{ ref('stg_registers__subsidy_programmes') }} as programmes
        on findings.center_id = programmes.center_id
    inner join {{ ref('stg_registers__subsidy_milestones') }} as milestones
        on
            programmes.programme_id = milestones.programme_id
            and milestones.due_on >= findings.evidence_start_on
            and milestones.due_on <= findings.period_end_on
    where findings.rule_id in ('F11', 'F17', 'F18') and findings.subject_kind <> 'gaps'
    union
    select
        findings.finding_id,
        'offtake_periods' as record_kind,
        periods.commitment_id || ' / ' || cast(periods.period_no as string) as record_key
    from findings
    inner join {{ ref('stg_registers__offtake_commitments') }} as commitments
        on findings.center_id = commitments.center_id
    inner join {{ ref('stg_registers__offtake_periods') }} as periods
        on
            commitments.commitment_id = periods.commitment_id
            and periods.period_end_on >= findings.evidence_start_on
            and periods.period_end_on <= findings.period_end_on
    where findings.rule_id in ('F11', 'F18') and findings.subject_kind <> 'gaps'
),

told as (
    select
        finding_id,
        'capacity_plans' as record_kind,
        subject_id as record_key
    from findings
    where subject_kind = 'plan_line'
    union
    select
        finding_id,
        substring(subject_id, 1, instr(subject_id, ' ') - 1) as record_kind,
        substring(subject_id, instr(subject_id, ' ') + 1, length(subject_id)) as record_key
    from findings
    where subject_kind = 'record'
    union all
    -- A lease without peers was held against the market.
    select
        finding_id,
        'market_prices' as record_kind,
        last_evidence_key as record_key
    from findings
    where rule_id = 'F15' and last_evidence_key <> subject_id
),

together as (
    select * from events
    union
    select * from shared_days
    union
    select * from of_leases
    union
    select
        finding_id,
        'subsidy_claims' as record_kind,
        claim_id as record_key
    from claims
    union
    select
        finding_id,
        'subsidy_claim_items' as record_kind,
        claim_id || ' / ' || item_kind || ' / ' || item_ref as record_key
    from claims
    union
    select * from payments
    union
    select * from settled
    union
    select * from told
)

select
    finding_id,
    record_kind,
    record_key
from together
