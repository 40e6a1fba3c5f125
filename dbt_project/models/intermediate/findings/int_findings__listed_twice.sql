-- Grain: one row per card, serial, slot or slice and pair of register events that count it twice: two centers list one
-- card, two ids share a serial or a slot in the same span, or a slice of a card is listed as a card of its own.
with states as (
    select
        center_id,
        device_uid,
        slot_id,
        event_id,
        valid_from_epoch_seconds,
        valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
    where is_installed
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

-- A slot is a place in one center; two centers may call their slots alike.
listed as (
    select
        states.*,
        'device' as subject_kind,
        states.device_uid as subject_id,
        states.device_uid as shared_key
    from states
    union all
    select
        states.*,
        'serial' as subject_kind,
        serials.serial as subject_id,
        serials.serial as shared_key
    from states
    inner join serials
        on
            states.center_id = serials.center_id
            and states.device_uid = serials.device_uid
    union all
    select
        states.*,
        'slot' as subject_kind,
        states.slot_id as subject_id,
        states.center_id || ' / ' || states.slot_id as shared_key
    from states
    where states.slot_id is not null
),

pairs as (
    select
        own.center_id,
        own.subject_kind,
        own.subject_id,
        greatest(own.valid_from_epoch_seconds, other.valid_from_epoch_seconds) as from_epoch_seconds,
        least(own.valid_to_epoch_seconds, other.valid_to_epoch_seconds) as to_epoch_seconds,
        own.event_id,
        other.event_id as other_event_id
    from listed as own
    inner join listed as other
        on
            own.subject_kind = other.subject_kind
            and own.shared_key = other.shared_key
            and own.valid_from_epoch_seconds < other.valid_to_epoch_seconds
            and own.valid_to_epoch_seconds > other.valid_from_epoch_seconds
    where
        (own.subject_kind = 'device' and own.center_id <> other.center_id)
        or (
            own.subject_kind <> 'device'
            and own.device_uid <> other.device_uid
            and (own.center_id <> other.center_id or own.device_uid < other.device_uid)
        )
)

select
    center_id,
    subject_kind,
    subject_id,
    from_epoch_seconds,
    to_epoch_seconds,
    event_id,
    other_event_id
from pairs
union all
-- The maker names slices of a card so; a register that lists them lists logical devices.
select
    center_id,
    'slice' as subject_kind,
    device_uid as subject_id,
    valid_from_epoch_seconds as from_epoch_seconds,
    valid_to_epoch_seconds as to_epoch_seconds,
    event_id,
    event_id as other_event_id
from states
where upper(device_uid) like 'MIG-%'
