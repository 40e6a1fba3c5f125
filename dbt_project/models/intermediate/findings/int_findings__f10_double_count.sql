-- Grain: one row per card, serial or slot and quarter that is counted twice: in the registers of two centers, in two
-- leases for longer than a changeover, under two ids with one serial, or with another card in the same slot.
with states as (
    select
        states.center_id,
        states.device_uid,
        states.slot_id,
        centers.time_zone,
        states.event_id,
        states.valid_from_epoch_seconds,
        states.valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }} as states
    inner join {{ ref('int_calendar__centers') }} as centers
        on states.center_id = centers.center_id
    where states.is_installed
),

serials as (
    select
        center_id,
        device_uid,
        max(serial) as serial
    from {{ ref('int_integrity__device_events') }}
    where serial is not null
    group by center_id, device_uid
),

time_zones as (
    select
        center_id,
        time_zone
    from {{ ref('int_calendar__centers') }}
),

two_inventories as (
    select
        contested.center_id,
        'device' as subject_kind,
        contested.device_uid as subject_id,
        greatest(own.valid_from_epoch_seconds, other.valid_from_epoch_seconds) as from_epoch_seconds,
        least(own.valid_to_epoch_seconds, other.valid_to_epoch_seconds) as to_epoch_seconds,
        contested.event_id as evidence_key,
        other.event_id as other_evidence_key
    from {{ ref('int_integrity__contested_events') }} as contested
    inner join {{ ref('int_inventory__device_states') }} as own
        on contested.event_id = own.event_id
    inner join states as other
        on
            contested.device_uid = other.device_uid
            and contested.other_center_id = other.center_id
            and own.valid_from_epoch_seconds < other.valid_to_epoch_seconds
            and own.valid_to_epoch_seconds > other.valid_from_epoch_seconds
),

lease_kinds as (
    select
        lease_id,
        lease_kind
    from {{ ref('stg_registers__leases') }}
),

-- Leases by the token share a cluster; a card in two of them is not sold twice.
two_leases as (
    select
        sold_twice.center_id,
        'device' as subject_kind,
        sold_twice.device_uid as subject_id,
        max(sold_twice.allocated_from_epoch_seconds) as from_epoch_seconds,
        max(sold_twice.allocated_from_epoch_seconds) + max(sold_twice.overlap_seconds) as to_epoch_seconds,
        min(sold_twice.lease_id) as evidence_key,
        max(sold_twice.lease_id) as other_evidence_key
    from {{ ref('int_integrity__overlapping_leases') }} as sold_twice
    inner join lease_kinds as own_kind
        on sold_twice.lease_id = own_kind.lease_id
    inner join lease_kinds as other_kind
        on sold_twice.other_lease_id = other_kind.lease_id
    where
        sold_twice.overlap_seconds >= 3600 * {{ policy_number('f10_min_overlap_hours') }}
        and not (own_kind.lease_kind = 'token' and other_kind.lease_kind = 'token')
    group by
        sold_twice.center_id,
        sold_twice.device_uid,
        least(sold_twice.lease_id, sold_twice.other_lease_id),
        greatest(sold_twice.lease_id, sold_twice.other_lease_id)
),

serial_states as (
    select
        states.*,
        serials.serial
    from states
    inner join serials
        on
            states.center_id = serials.center_id
            and states.device_uid = serials.device_uid
),

one_serial as (
    select
        own.center_id,
        'serial' as subject_kind,
        own.serial as subject_id,
        greatest(own.valid_from_epoch_seconds, other.valid_from_epoch_seconds) as from_epoch_seconds,
        least(own.valid_to_epoch_seconds, other.valid_to_epoch_seconds) as to_epoch_seconds,
        own.event_id as evidence_key,
        other.event_id as other_evidence_key
    from serial_states as own
    inner join serial_states as other
        on
            own.serial = other.serial
            and own.device_uid <> other.device_uid
            and own.valid_from_epoch_seconds < other.valid_to_epoch_seconds
            and own.valid_to_epoch_seconds > other.valid_from_epoch_seconds
),

one_slot as (
    select
        own.center_id,
        'slot' as subject_kind,
        own.slot_id as subject_id,
        greatest(own.valid_from_epoch_seconds, other.valid_from_epoch_seconds) as from_epoch_seconds,
        least(own.valid_to_epoch_seconds, other.valid_to_epoch_seconds) as to_epoch_seconds,
        own.event_id as evidence_key,
        other.event_id as other_evidence_key
    from states as own
    inner join states as other
        on
            own.center_id = other.center_id
            and own.slot_id = other.slot_id
            and own.device_uid < other.device_uid
            and own.valid_from_epoch_seconds < other.valid_to_epoch_seconds
            and own.valid_to_epoch_seconds > other.valid_from_epoch_seconds
),

together as (
    select * from two_inventories
    union all
    select * from two_leases
    union all
    select * from one_serial
    union all
    select * from one_slot
),

counted_twice as (
    select
        together.*,
        {{ local_date('together.from_epoch_seconds', 'time_zones.time_zone') }} as first_day,
        {{ local_date('together.to_epoch_seconds - 1', 'time_zones.time_zone') }} as last_day
    from together
    inner join time_zones
        on together.center_id = time_zones.center_id
    where together.to_epoch_seconds > together.from_epoch_seconds
),

found as (
    select
        center_id,
        subject_kind,
        subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        {{ ratio('max(to_epoch_seconds) - min(from_epoch_seconds)', '86400') }} as observed,
        0 as expected,
        'holds' as verdict,
        max(to_epoch_seconds) - min(from_epoch_seconds) < 3600 * {{ policy_number('f10_min_overlap_hours') }}
            as is_weak,
        0.85 as confidence,
        count(*) as evidence_count,
        min(evidence_key) as first_evidence_key,
        max(other_evidence_key) as last_evidence_key
    from counted_twice
    group by center_id, subject_kind, subject_id, {{ quarter_start('first_day') }}
)

{{ finding_shape('F10', 'found') }}
