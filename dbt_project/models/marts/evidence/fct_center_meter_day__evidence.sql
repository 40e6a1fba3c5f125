-- Grain: one row per center, way of measuring energy, local day, kind of record and received file that speaks of it.
-- Of each meter: what it told on the day, the last before it and the first after it. A bill speaks of all of its days.
with center_days as (
    select
        center_id,
        local_day,
        day_start_epoch_seconds,
        day_end_epoch_seconds
    from {{ ref('int_calendar__center_days') }}
),

readings as (
    select
        center_id,
        meter_scope,
        source_sha256,
        source_line,
        least(
            coalesce(started_epoch_seconds, read_epoch_seconds),
            coalesce(lag(read_epoch_seconds) over of_meter, read_epoch_seconds)
        ) as from_epoch_seconds,
        coalesce(lead(read_epoch_seconds) over of_meter, read_epoch_seconds) as to_epoch_seconds
    from {{ ref('stg_registers__power_readings') }}
    where meter_scope <> 'component'
    window of_meter as (
        partition by center_id, meter_id
        order by read_epoch_seconds nulls last, source_sha256 nulls last, source_line nulls last
    )
),

files as (
    select
        source_sha256,
        original_name
    from {{ ref('stg_intake__files') }}
),

sources as (
    select
        readings.center_id,
        readings.meter_scope,
        center_days.local_day,
        'power_readings' as record_kind,
        readings.source_sha256,
        cast(count(*) as bigint) as row_count,
        min(readings.source_line) as first_line,
        max(readings.source_line) as last_line
    from readings
    inner join center_days
        on
            readings.center_id = center_days.center_id
            and readings.from_epoch_seconds < center_days.day_end_epoch_seconds
            and readings.to_epoch_seconds >= center_days.day_start_epoch_seconds
    group by readings.center_id, readings.meter_scope, center_days.local_day, readings.source_sha256
    union all
    select
        bills.center_id,
        'bill' as meter_scope,
        center_days.local_day,
        'utility_bills' as record_kind,
        bills.source_sha256,
        cast(count(*) as bigint) as row_count,
        min(bills.source_line) as first_line,
        max(bills.source_line) as last_line
    from {{ ref('stg_registers__utility_bills') }} as bills
    inner join center_days
        on
            bills.center_id = center_days.center_id
            and bills.period_start_on <= center_days.local_day
            and bills.period_end_on > center_days.local_day
    group by bills.center_id, center_days.local_day, bills.source_sha256
)

select
    sources.center_id,
    sources.meter_scope,
    sources.local_day,
    sources.record_kind,
    sources.source_sha256,
    files.original_name,
    sources.row_count,
    sources.first_line,
    sources.last_line
from sources
left join files
    on sources.source_sha256 = files.source_sha256
