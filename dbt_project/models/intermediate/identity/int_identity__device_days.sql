-- Grain: one row per center, card and local day: daily rows under the card's own id.
with aliases as (
    select * from {{ ref('int_identity__alias_records') }}
    where record_kind = 'device_days'
)

select
    device_days.center_id,
    coalesce(aliases.device_uid, device_days.device_uid) as device_uid,
    device_days.local_day,
    device_days.evidence_class,
    device_days.known_seconds,
    device_days.util_0_1_seconds,
    device_days.util_1_5_seconds,
    device_days.util_5_10_seconds,
    device_days.util_10_20_seconds,
    device_days.util_20_50_seconds,
    device_days.util_50_80_seconds,
    device_days.util_80_100_seconds,
    device_days.energy_wh,
    device_days.source_sha256,
    device_days.source_line
from {{ ref('stg_registers__device_days') }} as device_days
left join aliases
    on
        device_days.source_sha256 = aliases.source_sha256
        and device_days.source_line = aliases.source_line
        and device_days.device_uid = aliases.named_device_uid
where aliases.reason_code is null
