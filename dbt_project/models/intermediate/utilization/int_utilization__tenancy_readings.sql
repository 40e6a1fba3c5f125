-- Grain: one row per center, device, local day and tenancy: able, lit, idle and unknown seconds of it.
-- Where a stretch holds several tenancies, only what must lie in one of them is given to it; the rest is unknown.
with tenancy_days as (
    select * from {{ ref('int_inventory__tenancy_days') }}
),

reading_spans as (
    select * from {{ ref('int_utilization__reading_spans') }}
),

whole_day_pieces as (
    select
        reading_spans.center_id,
        reading_spans.device_uid,
        reading_spans.local_day,
        tenancy_days.is_able_duplicate,
        tenancy_days.is_commissioned,
        tenancy_days.is_sold,
        tenancy_days.is_allocated,
        tenancy_days.sold_lease_no,
        tenancy_days.allocated_lease_no,
        reading_spans.lit_seconds,
        reading_spans.known_seconds - reading_spans.lit_seconds as idle_seconds,
        reading_spans.usable_seconds - tenancy_days.able_seconds as elsewhere_seconds
    from reading_spans
    inner join tenancy_days
        on
            reading_spans.center_id = tenancy_days.center_id
            and reading_spans.device_uid = tenancy_days.device_uid
            and reading_spans.local_day = tenancy_days.local_day
    where reading_spans.is_whole_day and tenancy_days.is_usable
),

hour_pieces as (
    select
        reading_spans.center_id,
        reading_spans.device_uid,
        reading_spans.local_day,
        segments.is_able_duplicate,
        segments.is_commissioned,
        segments.is_sold,
        segments.is_allocated,
        segments.sold_lease_no,
        segments.allocated_lease_no,
        reading_spans.lit_seconds,
        reading_spans.known_seconds - reading_spans.lit_seconds as idle_seconds,
        reading_spans.usable_seconds - sum(
            least(segments.segment_end_epoch_seconds, reading_spans.span_start_epoch_seconds + 3600)
            - greatest(segments.segment_start_epoch_seconds, reading_spans.span_start_epoch_seconds)
        ) as elsewhere_seconds
    from reading_spans
    inner join {{ ref('int_inventory__device_segments') }} as segments
        on
            reading_spans.center_id = segments.center_id
            and reading_spans.device_uid = segments.device_uid
            and reading_spans.local_day = segments.local_day
            and reading_spans.span_start_epoch_seconds < segments.segment_end_epoch_seconds
            and reading_spans.span_start_epoch_seconds + 3600 > segments.segment_start_epoch_seconds
    where not reading_spans.is_whole_day and segments.is_usable
    group by
        reading_spans.center_id,
        reading_spans.device_uid,
        reading_spans.local_day,
        reading_spans.span_start_epoch_seconds,
        reading_spans.usable_seconds,
        reading_spans.lit_seconds,
        reading_spans.known_seconds,
        segments.is_able_duplicate,
        segments.is_commissioned,
        segments.is_sold,
        segments.is_allocated,
        segments.sold_lease_no,
        segments.allocated_lease_no
),

pieces as (
    select * from whole_day_pieces
    union all
    select * from hour_pieces
),

readings as (
    select
        pieces.center_id,
        pieces.device_uid,
        pieces.local_day,
        true as is_usable,
        pieces.is_able_duplicate,
        pieces.is_commissioned,
        pieces.is_sold,
        pieces.is_allocated,
        pieces.sold_lease_no,
        pieces.allocated_lease_no,
        {{ integer_sum('greatest(pieces.lit_seconds - pieces.elsewhere_seconds, 0)') }} as lit_seconds,
        {{ integer_sum('greatest(pieces.idle_seconds - pieces.elsewhere_seconds, 0)') }} as idle_seconds
    from pieces
    group by
        pieces.center_id,
        pieces.device_uid,
        pieces.local_day,
        pieces.is_able_duplicate,
        pieces.is_commissioned,
        pieces.is_sold,
        pieces.is_allocated,
        pieces.sold_lease_no,
        pieces.allocated_lease_no
),

leases as (
    select
        lease_no,
        lease_id
    from {{ ref('int_inventory__lease_device_spans') }}
    group by lease_no, lease_id
)

select
    tenancy_days.center_id,
    tenancy_days.device_uid,
    tenancy_days.local_day,
    tenancy_days.is_usable,
    tenancy_days.is_able_duplicate,
    tenancy_days.is_commissioned,
    tenancy_days.is_sold,
    tenancy_days.is_allocated,
    case
        when tenancy_days.sold_lease_no = 0 then 'none'
        when tenancy_days.sold_lease_no < 0 then 'several'
        else sold_leases.lease_id
    end as sold_lease_id,
    case
        when tenancy_days.allocated_lease_no = 0 then 'none'
        when tenancy_days.allocated_lease_no < 0 then 'several'
        else allocated_leases.lease_id
    end as allocated_lease_id,
    tenancy_days.able_seconds,
    tenancy_days.proven_able_seconds,
    coalesce(readings.lit_seconds, 0) as lit_seconds,
    coalesce(readings.idle_seconds, 0) as idle_seconds,
    tenancy_days.able_seconds - coalesce(readings.lit_seconds, 0) - coalesce(readings.idle_seconds, 0)
        as unknown_seconds
from tenancy_days
left join readings
    on
        tenancy_days.is_usable = readings.is_usable
        and tenancy_days.center_id = readings.center_id
        and tenancy_days.device_uid = readings.device_uid
        and tenancy_days.local_day = readings.local_day
        and tenancy_days.is_able_duplicate = readings.is_able_duplicate
        and tenancy_days.is_commissioned = readings.is_commissioned
        and tenancy_days.is_sold = readings.is_sold
        and tenancy_days.is_allocated = readings.is_allocated
        and tenancy_days.sold_lease_no = readings.sold_lease_no
        and tenancy_days.allocated_lease_no = readings.allocated_lease_no
left join leases as sold_leases
    on tenancy_days.sold_lease_no = sold_leases.lease_no
left join leases as allocated_leases
    on tenancy_days.allocated_lease_no = allocated_leases.lease_no
