-- Grain: one row per center, device, local day and tenancy: who has the card, while it was able to run.
with segments as (
    select * from {{ ref('int_inventory__device_segments') }}
    where is_able
)

select
    segments.center_id,
    segments.device_uid,
    segments.local_day,
    segments.is_usable,
    segments.is_able_duplicate,
    segments.is_commissioned,
    segments.is_sold,
    segments.is_allocated,
    segments.sold_lease_no,
    segments.allocated_lease_no,
    {{ integer_sum('segments.segment_seconds') }} as able_seconds,
    {{ integer_sum('case when segments.is_proven_able then segments.segment_seconds end') }} as proven_able_seconds
from segments
group by
    segments.center_id,
    segments.device_uid,
    segments.local_day,
    segments.is_usable,
    segments.is_able_duplicate,
    segments.is_commissioned,
    segments.is_sold,
    segments.is_allocated,
    segments.sold_lease_no,
    segments.allocated_lease_no
