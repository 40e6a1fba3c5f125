-- Grain: one row per center, device and local day on which the register lists the card as present, away or in service.
with segments as (
    select * from {{ ref('int_inventory__device_segments') }}
),

devices as (
    select
        center_id,
        device_uid,
        model_id
    from {{ ref('int_inventory__devices') }}
)

select
    segments.center_id,
    segments.device_uid,
    segments.local_day,
    devices.model_id,
    {{ integer_sum('segments.segment_seconds') }} as listed_seconds,
    {{ integer_sum('case when segments.is_installed then segments.segment_seconds end') }} as installed_seconds,
    {{ integer_sum('case when segments.is_able then segments.segment_seconds end') }} as able_seconds,
    {{ integer_sum('case when segments.is_usable then segments.segment_seconds end') }} as usable_seconds,
    {{
        integer_sum('case when segments.is_proven_able then segments.segment_seconds end')
    }} as proven_able_seconds,
    {{ integer_sum('case when segments.is_contested then segments.segment_seconds end') }} as contested_seconds,
    {{ integer_sum('case when segments.is_able_duplicate then segments.segment_seconds end') }}
        as duplicate_able_seconds,
    {{ integer_sum('case when segments.is_installed_duplicate then segments.segment_seconds end') }}
        as duplicate_installed_seconds,
    {{ integer_sum('case when segments.is_commissioned then segments.segment_seconds end') }}
        as commissioned_seconds,
    {{ integer_sum('case when segments.is_commissioned_duplicate then segments.segment_seconds end') }}
        as duplicate_commissioned_seconds,
    {{ integer_sum('case when segments.is_commissioned and segments.is_able then segments.segment_seconds end') }}
        as commissioned_able_seconds,
    {{
        integer_sum('case when segments.is_commissioned and segments.is_maintenance then segments.segment_seconds end')
    }} as commissioned_maintenance_seconds,
    {{ integer_sum('case when segments.is_commissioned and segments.is_fault then segments.segment_seconds end') }}
        as commissioned_fault_seconds,
    {{
        integer_sum('case when segments.is_maintenance then segments.segment_seconds end')
    }} as maintenance_seconds,
    {{ integer_sum('case when segments.is_fault then segments.segment_seconds end') }} as fault_seconds,
    {{ integer_sum('case when segments.is_excused then segments.segment_seconds end') }} as excused_seconds,
    {{ integer_sum('case when segments.is_sold then segments.segment_seconds end') }} as sold_seconds,
    {{
        integer_sum('case when segments.is_sold and segments.is_able_duplicate then segments.segment_seconds end')
    }} as duplicate_sold_seconds,
    {{ integer_sum('case when segments.is_allocated then segments.segment_seconds end') }} as allocated_seconds,
    {{
        integer_sum('case when segments.is_allocated and segments.is_able_duplicate then segments.segment_seconds end')
    }} as duplicate_allocated_seconds,
    {{ integer_sum('case when segments.is_able and segments.is_at_day_end then 1 end') }} as able_at_day_end_count,
    {{ integer_sum('case when segments.is_proven_able and segments.is_at_day_end then 1 end') }}
        as proven_able_at_day_end_count,
    {{ integer_sum('case when segments.is_able_duplicate and segments.is_at_day_end then 1 end') }}
        as duplicate_able_at_day_end_count
from segments
inner join devices
    on
        segments.center_id = devices.center_id
        and segments.device_uid = devices.device_uid
group by segments.center_id, segments.device_uid, segments.local_day, devices.model_id
