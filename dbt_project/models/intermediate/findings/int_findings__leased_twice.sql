-- Grain: one row per card and pair of leases that have it for longer than a changeover in the same hours.
-- Leases by the token share a cluster; a card in two of them is not sold twice.
with lease_kinds as (
    select
        lease_id,
        lease_kind
    from {{ ref('stg_registers__leases') }}
)

select
    sold_twice.center_id,
    sold_twice.device_uid,
    least(sold_twice.lease_id, sold_twice.other_lease_id) as lease_id,
    greatest(sold_twice.lease_id, sold_twice.other_lease_id) as other_lease_id,
    max(sold_twice.allocated_from_epoch_seconds) as from_epoch_seconds,
    max(sold_twice.allocated_from_epoch_seconds) + max(sold_twice.overlap_seconds) as to_epoch_seconds
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
