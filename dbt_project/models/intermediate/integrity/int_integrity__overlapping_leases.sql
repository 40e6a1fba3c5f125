-- Grain: one row per lease, device and start of allocation whose sold time another lease of the card sells as well.
-- The card is sold either way and counts once; to whom, the registers do not say.
with lease_spans as (
    select
        lease_id,
        center_id,
        device_uid,
        allocated_from_epoch_seconds,
        sold_from_epoch_seconds,
        sold_to_epoch_seconds
    from {{ ref('int_inventory__lease_device_spans') }}
    where sold_to_epoch_seconds > sold_from_epoch_seconds
),

lease_devices as (
    select * from {{ ref('int_integrity__lease_devices') }}
),

collisions as (
    select
        own.lease_id,
        own.center_id,
        own.device_uid,
        own.allocated_from_epoch_seconds,
        other.lease_id as other_lease_id,
        other.allocated_from_epoch_seconds as other_allocated_from_epoch_seconds,
        least(own.sold_to_epoch_seconds, other.sold_to_epoch_seconds)
        - greatest(own.sold_from_epoch_seconds, other.sold_from_epoch_seconds) as overlap_seconds
    from lease_spans as own
    inner join lease_spans as other
        on
            own.center_id = other.center_id
            and own.device_uid = other.device_uid
            and own.lease_id <> other.lease_id
            and own.sold_from_epoch_seconds < other.sold_to_epoch_seconds
            and own.sold_to_epoch_seconds > other.sold_from_epoch_seconds
    qualify row_number() over (
        partition by own.lease_id, own.center_id, own.device_uid, own.allocated_from_epoch_seconds
        order by
            overlap_seconds desc nulls last,
            other.lease_id asc nulls last,
            other.allocated_from_epoch_seconds asc nulls last
    ) = 1
)

select
    collisions.lease_id,
    collisions.center_id,
    collisions.device_uid,
    collisions.allocated_from_epoch_seconds,
    collisions.other_lease_id,
    collisions.overlap_seconds,
    own_rows.source_sha256,
    own_rows.source_line,
    other_rows.source_sha256 as other_source_sha256,
    other_rows.source_line as other_source_line
from collisions
inner join lease_devices as own_rows
    on
        collisions.lease_id = own_rows.lease_id
        and collisions.device_uid = own_rows.device_uid
        and collisions.allocated_from_epoch_seconds = own_rows.allocated_from_epoch_seconds
inner join lease_devices as other_rows
    on
        collisions.other_lease_id = other_rows.lease_id
        and collisions.device_uid = other_rows.device_uid
        and collisions.other_allocated_from_epoch_seconds = other_rows.allocated_from_epoch_seconds
