-- Grain: one row per center, device, kind of span, lease (0 for none), start and end; spans of one kind may overlap.
with device_states as (
    select * from {{ ref('int_inventory__device_states') }}
),

devices as (
    select
        center_id,
        device_uid
    from {{ ref('int_inventory__devices') }}
),

excuses as (
    select
        cast({{ policy_number('maintenance_excused_hours') }} * 3600 as bigint) as maintenance_excused_seconds,
        cast({{ policy_number('rma_excused_hours') }} * 3600 as bigint) as rma_excused_seconds
),

own_states as (
    select
        device_states.center_id,
        device_states.device_uid,
        'installed' as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from device_states
    where device_states.is_installed
    union all
    select
        device_states.center_id,
        device_states.device_uid,
        'able' as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from device_states
    where device_states.is_able
    union all
    select
        device_states.center_id,
        device_states.device_uid,
        'commissioned' as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from device_states
    where device_states.is_commissioned
    union all
    select
        device_states.center_id,
        device_states.device_uid,
        case when device_states.state = 'fault' then 'fault' else 'maintenance' end as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from device_states
    where device_states.state in ('planned_maintenance', 'fault')
    union all
    select
        device_states.center_id,
        device_states.device_uid,
        'excused' as span_kind,
        device_states.valid_from_epoch_seconds,
        least(
            device_states.valid_to_epoch_seconds,
            device_states.valid_from_epoch_seconds + case
                when device_states.state = 'rma_out' then excuses.rma_excused_seconds
                else excuses.maintenance_excused_seconds
            end
        ) as valid_to_epoch_seconds
    from device_states
    cross join excuses
    where device_states.state in ('planned_maintenance', 'rma_out')
),

claims_elsewhere as (
    select
        devices.center_id,
        devices.device_uid,
        'claimed_elsewhere' as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from devices
    inner join device_states
        on devices.device_uid = device_states.device_uid
    where
        devices.center_id <> device_states.center_id
        and device_states.is_installed
    union all
    select
        devices.center_id,
        devices.device_uid,
        'installed_at_earlier_center' as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from devices
    inner join device_states
        on devices.device_uid = device_states.device_uid
    where
        devices.center_id > device_states.center_id
        and device_states.is_installed
    union all
    select
        devices.center_id,
        devices.device_uid,
        'able_at_earlier_center' as span_kind,
        device_states.valid_from_epoch_seconds,
        device_states.valid_to_epoch_seconds
    from devices
    inner join device_states
        on devices.device_uid = device_states.device_uid
    where
        devices.center_id > device_states.center_id
        and device_states.is_able
),

proven as (
    select
        proven_spans.center_id,
        proven_spans.device_uid,
        'proven' as span_kind,
        proven_spans.valid_from_epoch_seconds,
        proven_spans.valid_to_epoch_seconds
    from {{ ref('int_inventory__proven_spans') }} as proven_spans
    inner join devices
        on
            proven_spans.center_id = devices.center_id
            and proven_spans.device_uid = devices.device_uid
),

leased as (
    select
        lease_spans.center_id,
        lease_spans.device_uid,
        'sold' as span_kind,
        lease_spans.lease_no,
        lease_spans.sold_from_epoch_seconds as valid_from_epoch_seconds,
        lease_spans.sold_to_epoch_seconds as valid_to_epoch_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    union all
    select
        lease_spans.center_id,
        lease_spans.device_uid,
        'allocated' as span_kind,
        lease_spans.lease_no,
        lease_spans.allocated_from_epoch_seconds as valid_from_epoch_seconds,
        lease_spans.allocated_to_epoch_seconds as valid_to_epoch_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
),

unleased as (
    select * from own_states
    union all
    select * from claims_elsewhere
    union all
    select * from proven
),

spans as (
    select
        unleased.center_id,
        unleased.device_uid,
        unleased.span_kind,
        cast(0 as bigint) as lease_no,
        unleased.valid_from_epoch_seconds,
        unleased.valid_to_epoch_seconds
    from unleased
    union all
    select
        leased.center_id,
        leased.device_uid,
        leased.span_kind,
        leased.lease_no,
        leased.valid_from_epoch_seconds,
        leased.valid_to_epoch_seconds
    from leased
    inner join devices
        on
            leased.center_id = devices.center_id
            and leased.device_uid = devices.device_uid
)

select
    spans.center_id,
    spans.device_uid,
    spans.span_kind,
    spans.lease_no,
    spans.valid_from_epoch_seconds,
    spans.valid_to_epoch_seconds
from spans
where spans.valid_from_epoch_seconds < spans.valid_to_epoch_seconds
group by
    spans.center_id,
    spans.device_uid,
    spans.span_kind,
    spans.lease_no,
    spans.valid_from_epoch_seconds,
    spans.valid_to_epoch_seconds
