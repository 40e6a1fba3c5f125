-- Grain: one row per record and center that says of itself a day before a settlement, while its first revision was
-- received long after that day and after the settlement. What a center sent in its first delivery was late for a
-- reason.
with received as (
    select
        record_kind,
        row_key,
        min(recorded_at) as first_recorded_at
    from {{ ref('stg_intake__record_rows') }}
    where record_kind in ('device_events', 'leases', 'contracts')
    group by record_kind, row_key
),

first_delivery as (
    select
        center_id,
        min(recorded_at) as first_recorded_at
    from {{ ref('stg_intake__record_rows') }}
    where center_id is not null
    group by center_id
),

dated as (
    select
        events.center_id,
        'device_events' as record_kind,
        events.event_id as row_key,
        events.event_id as record_id,
        {{ local_date('events.occurred_epoch_seconds', 'centers.time_zone') }} as said_on
    from {{ ref('stg_registers__device_events') }} as events
    inner join {{ ref('int_calendar__centers') }} as centers
        on events.center_id = centers.center_id
    where events.state in ('delivered', 'commissioned', 'in_service')
    union all
    select
        leases.center_id,
        'leases' as record_kind,
        leases.lease_id as row_key,
        leases.lease_id as record_id,
        {{ local_date('leases.starts_epoch_seconds', 'centers.time_zone') }} as said_on
    from {{ ref('stg_registers__leases') }} as leases
    inner join {{ ref('int_calendar__centers') }} as centers
        on leases.center_id = centers.center_id
    union all
    select
        contracts.center_id,
        'contracts' as record_kind,
        contracts.contract_id as row_key,
        contracts.contract_id as record_id,
        contracts.signed_on as said_on
    from {{ ref('stg_registers__contracts') }} as contracts
),

late as (
    select
        dated.*,
        {{ local_date(epoch_seconds('received.first_recorded_at'), 'centers.time_zone') }} as recorded_on
    from dated
    inner join {{ ref('int_calendar__centers') }} as centers
        on dated.center_id = centers.center_id
    inner join received
        on
            dated.record_kind = received.record_kind
            and dated.row_key = received.row_key
    inner join first_delivery
        on
            dated.center_id = first_delivery.center_id
            and received.first_recorded_at > first_delivery.first_recorded_at
),

serving as (
    select
        late.center_id,
        late.record_kind,
        late.record_id,
        late.said_on,
        late.recorded_on,
        min(settlement_days.settled_on) as settled_on
    from late
    inner join {{ ref('int_findings__settlement_days') }} as settlement_days
        on
            late.center_id = settlement_days.center_id
            and late.said_on < settlement_days.settled_on
            and late.said_on >= {{ add_days('settlement_days.settled_on', '-' ~ policy_number('f18_window_days')) }}
            and late.recorded_on > settlement_days.settled_on
    where {{ days_between('late.said_on', 'late.recorded_on') }} > {{ policy_number('f18_late_days') }}
    group by late.center_id, late.record_kind, late.record_id, late.said_on, late.recorded_on
),

found as (
    select
        center_id,
        'record' as subject_kind,
        record_kind || ' ' || record_id as subject_id,
        {{ quarter_start('settled_on') }} as period_start_on,
        said_on as evidence_start_on,
        {{ add_days('recorded_on', '1') }} as period_end_on,
        {{ days_between('said_on', 'recorded_on') }} as observed,
        {{ policy_number('f18_late_days') }} as expected,
        'holds' as verdict,
        false as is_weak,
        0.5 as confidence,
        1 as evidence_count,
        record_id as first_evidence_key,
        record_id as last_evidence_key
    from serving
)

{{ finding_shape('F18', 'found') }}
