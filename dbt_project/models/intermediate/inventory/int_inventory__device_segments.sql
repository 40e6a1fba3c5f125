-- Grain: one row per center, device and start of a stretch without change; no stretch crosses a local midnight.
-- A sweep over the beginnings (+1) and ends (-1) of all spans: overlapping leases and sightings need no merging.
with spans as (
    select * from {{ ref('int_inventory__device_spans') }}
),

changes as (
    select
        center_id,
        device_uid,
        span_kind,
        lease_no,
        valid_from_epoch_seconds as changed_epoch_seconds,
        1 as delta
    from spans
    union all
    select
        center_id,
        device_uid,
        span_kind,
        lease_no,
        valid_to_epoch_seconds as changed_epoch_seconds,
        -1 as delta
    from spans
),

changes_at_instant as (
    select
        center_id,
        device_uid,
        changed_epoch_seconds,
        sum(case when span_kind = 'installed' then delta else 0 end) as installed_delta,
        sum(case when span_kind = 'able' then delta else 0 end) as able_delta,
        sum(case when span_kind = 'proven' then delta else 0 end) as proven_delta,
        sum(case when span_kind = 'commissioned' then delta else 0 end) as commissioned_delta,
        sum(case when span_kind = 'maintenance' then delta else 0 end) as maintenance_delta,
        sum(case when span_kind = 'fault' then delta else 0 end) as fault_delta,
        sum(case when span_kind = 'excused' then delta else 0 end) as excused_delta,
        sum(case when span_kind = 'claimed_elsewhere' then delta else 0 end) as claimed_elsewhere_delta,
        sum(case when span_kind = 'installed_at_earlier_center' then delta else 0 end) as installed_earlier_delta,
        sum(case when span_kind = 'able_at_earlier_center' then delta else 0 end) as able_earlier_delta,
        sum(case when span_kind = 'sold' then delta else 0 end) as sold_delta,
        sum(case when span_kind = 'allocated' then delta else 0 end) as allocated_delta,
        sum(case when span_kind = 'sold' then delta * lease_no else 0 end) as sold_no_delta,
        sum(case when span_kind = 'sold' then delta * lease_no * lease_no else 0 end) as sold_square_delta,
        sum(case when span_kind = 'allocated' then delta * lease_no else 0 end) as allocated_no_delta,
        sum(case when span_kind = 'allocated' then delta * lease_no * lease_no else 0 end) as allocated_square_delta,
        cast(null as date) as local_day,
        cast(null as bigint) as day_end_epoch_seconds
    from changes
    group by center_id, device_uid, changed_epoch_seconds
),

midnights as (
    select
        devices.center_id,
        devices.device_uid,
        center_days.day_start_epoch_seconds as changed_epoch_seconds,
        0 as installed_delta,
        0 as able_delta,
        0 as proven_delta,
        0 as commissioned_delta,
        0 as maintenance_delta,
        0 as fault_delta,
        0 as excused_delta,
        0 as claimed_elsewhere_delta,
        0 as installed_earlier_delta,
        0 as able_earlier_delta,
        0 as sold_delta,
        0 as allocated_delta,
        0 as sold_no_delta,
        0 as sold_square_delta,
        0 as allocated_no_delta,
        0 as allocated_square_delta,
        center_days.local_day,
        center_days.day_end_epoch_seconds
    from {{ ref('int_inventory__devices') }} as devices
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on devices.center_id = center_days.center_id
    where
        center_days.day_end_epoch_seconds > devices.first_present_epoch_seconds
        and center_days.day_start_epoch_seconds < devices.last_present_epoch_seconds
),

boundaries as (
    select * from changes_at_instant
    union all
    select * from midnights
),

-- Summing deltas before the row keeps a midnight and a change at the same instant one boundary.
instants as (
    select
        center_id,
        device_uid,
        changed_epoch_seconds,
        sum(installed_delta) as installed_delta,
        sum(able_delta) as able_delta,
        sum(proven_delta) as proven_delta,
        sum(commissioned_delta) as commissioned_delta,
        sum(maintenance_delta) as maintenance_delta,
        sum(fault_delta) as fault_delta,
        sum(excused_delta) as excused_delta,
        sum(claimed_elsewhere_delta) as claimed_elsewhere_delta,
        sum(installed_earlier_delta) as installed_earlier_delta,
        sum(able_earlier_delta) as able_earlier_delta,
        sum(sold_delta) as sold_delta,
        sum(allocated_delta) as allocated_delta,
        sum(sold_no_delta) as sold_no_delta,
        sum(sold_square_delta) as sold_square_delta,
        sum(allocated_no_delta) as allocated_no_delta,
        sum(allocated_square_delta) as allocated_square_delta,
        max(local_day) as local_day,
        max(day_end_epoch_seconds) as day_end_epoch_seconds
    from boundaries
    group by center_id, device_uid, changed_epoch_seconds
),

swept as (
    select
        instants.center_id,
        instants.device_uid,
        instants.changed_epoch_seconds as segment_start_epoch_seconds,
        lead(instants.changed_epoch_seconds) over chronology as next_epoch_seconds,
        max(instants.local_day) over so_far as local_day,
        max(instants.day_end_epoch_seconds) over so_far as day_end_epoch_seconds,
        sum(instants.installed_delta) over so_far > 0 as is_installed,
        sum(instants.able_delta) over so_far > 0 as is_able,
        sum(instants.proven_delta) over so_far > 0 as is_seen,
        sum(instants.commissioned_delta) over so_far > 0 as is_commissioned,
        sum(instants.maintenance_delta) over so_far > 0 as is_maintenance,
        sum(instants.fault_delta) over so_far > 0 as is_fault,
        sum(instants.excused_delta) over so_far > 0 as is_excused,
        sum(instants.claimed_elsewhere_delta) over so_far > 0 as is_claimed_elsewhere,
        sum(instants.installed_earlier_delta) over so_far > 0 as is_installed_at_earlier_center,
        sum(instants.able_earlier_delta) over so_far > 0 as is_able_at_earlier_center,
        cast(sum(instants.sold_delta) over so_far as bigint) as sold_count,
        cast(sum(instants.sold_no_delta) over so_far as bigint) as sold_no_sum,
        cast(sum(instants.sold_square_delta) over so_far as bigint) as sold_square_sum,
        cast(sum(instants.allocated_delta) over so_far as bigint) as allocated_count,
        cast(sum(instants.allocated_no_delta) over so_far as bigint) as allocated_no_sum,
        cast(sum(instants.allocated_square_delta) over so_far as bigint) as allocated_square_sum
    from instants
    window
        chronology as (
            partition by instants.center_id, instants.device_uid
            order by instants.changed_epoch_seconds nulls last
        ),
        so_far as (
            partition by instants.center_id, instants.device_uid
            order by instants.changed_epoch_seconds nulls last
            rows between unbounded preceding and current row
        )
)

select
    swept.center_id,
    swept.device_uid,
    swept.segment_start_epoch_seconds,
    swept.local_day,
    least(
        coalesce(swept.next_epoch_seconds, swept.day_end_epoch_seconds), swept.day_end_epoch_seconds
    ) as segment_end_epoch_seconds,
    least(coalesce(swept.next_epoch_seconds, swept.day_end_epoch_seconds), swept.day_end_epoch_seconds)
    - swept.segment_start_epoch_seconds as segment_seconds,
    coalesce(swept.next_epoch_seconds, swept.day_end_epoch_seconds) >= swept.day_end_epoch_seconds as is_at_day_end,
    swept.is_installed,
    swept.is_able,
    swept.is_able and swept.is_claimed_elsewhere as is_contested,
    swept.is_able and not swept.is_claimed_elsewhere as is_usable,
    swept.is_able and swept.is_seen and not swept.is_claimed_elsewhere as is_proven_able,
    swept.is_able and swept.is_able_at_earlier_center as is_able_duplicate,
    swept.is_installed and swept.is_installed_at_earlier_center as is_installed_duplicate,
    swept.is_commissioned,
    swept.is_commissioned and swept.is_installed_at_earlier_center as is_commissioned_duplicate,
    swept.is_maintenance,
    swept.is_fault,
    swept.is_excused,
    swept.is_able and swept.sold_count > 0 as is_sold,
    swept.is_able and swept.allocated_count > 0 as is_allocated,
    {{ only_lease('swept.sold_count', 'swept.sold_no_sum', 'swept.sold_square_sum') }} as sold_lease_no,
    {{ only_lease('swept.allocated_count', 'swept.allocated_no_sum', 'swept.allocated_square_sum') }}
        as allocated_lease_no
from swept
where swept.segment_start_epoch_seconds < swept.day_end_epoch_seconds
