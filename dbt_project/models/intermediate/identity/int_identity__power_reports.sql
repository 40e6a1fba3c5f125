-- Grain: one row per center, card, report and way of reporting: power reports under the card's own id.
with aliases as (
    select * from {{ ref('int_identity__alias_records') }}
    where record_kind = 'power_reports'
)

select
    power_reports.center_id,
    coalesce(aliases.device_uid, power_reports.device_uid) as device_uid,
    power_reports.reported_epoch_seconds,
    power_reports.power_source,
    power_reports.is_powered,
    power_reports.source_sha256,
    power_reports.source_line
from {{ ref('stg_registers__power_reports') }} as power_reports
left join aliases
    on
        power_reports.source_sha256 = aliases.source_sha256
        and power_reports.source_line = aliases.source_line
        and power_reports.device_uid = aliases.named_device_uid
where aliases.reason_code is null
