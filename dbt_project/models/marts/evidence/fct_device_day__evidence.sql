-- Grain: one row per center, device, local day, kind of record and received file that speaks of that card and day.
with center_days as (
    select * from {{ ref('int_calendar__center_days') }}
),

files as (
    select
        source_sha256,
        original_name
    from {{ ref('stg_intake__files') }}
),

-- Telemetry may call a card by another name; on the day of a swap one name's lines speak of two cards.
names as (
    select
        device_hours.center_id,
        device_hours.device_uid as named_device_uid,
        device_hours.local_day,
        coalesce(alias_hours.device_uid, device_hours.device_uid) as device_uid
    from {{ ref('stg_telemetry__device_hours') }} as device_hours
    left join {{ ref('int_identity__alias_hours') }} as alias_hours
        on
            device_hours.center_id = alias_hours.center_id
            and device_hours.device_uid = alias_hours.named_device_uid
            and device_hours.hour_start_epoch_seconds = alias_hours.hour_start_epoch_seconds
    where alias_hours.reason_code is null
    group by
        device_hours.center_id,
        device_hours.device_uid,
        device_hours.local_day,
        coalesce(alias_hours.device_uid, device_hours.device_uid)
),

sources as (
    select
        names.center_id,
        names.device_uid,
        names.local_day,
        'samples' as record_kind,
        day_sources.source_sha256,
        cast(sum(day_sources.sample_count) as bigint) as row_count,
        min(day_sources.first_line) as first_line,
        max(day_sources.last_line) as last_line
    from {{ ref('stg_telemetry__device_day_sources') }} as day_sources
    inner join names
        on
            day_sources.center_id = names.center_id
            and day_sources.device_uid = names.named_device_uid
            and day_sources.local_day = names.local_day
    group by names.center_id, names.device_uid, names.local_day, day_sources.source_sha256
    union all
    select
        center_id,
        device_uid,
        local_day,
        'device_days' as record_kind,
        source_sha256,
        cast(1 as bigint) as row_count,
        source_line as first_line,
        source_line as last_line
    from {{ ref('int_identity__device_days') }}
    union all
    select
        power_reports.center_id,
        power_reports.device_uid,
        center_days.local_day,
        'power_reports' as record_kind,
        power_reports.source_sha256,
        cast(count(*) as bigint) as row_count,
        min(power_reports.source_line) as first_line,
        max(power_reports.source_line) as last_line
    from {{ ref('int_identity__power_reports') }} as power_reports
    inner join center_days
        on
            power_reports.center_id = center_days.center_id
            and power_reports.reported_epoch_seconds >= center_days.day_start_epoch_seconds
            and power_reports.reported_epoch_seconds < center_days.day_end_epoch_seconds
    group by
        power_reports.center_id, power_reports.device_uid, center_days.local_day, power_reports.source_sha256
)

select
    sources.center_id,
    sources.device_uid,
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
