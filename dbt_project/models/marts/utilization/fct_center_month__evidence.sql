-- Grain: one row per center, month and evidence class.
with device_days as (
    select * from {{ ref('int_evidence__device_days') }}
)

select
    device_days.center_id,
    {{ month_start('device_days.local_day') }} as month_start_on,
    device_days.evidence_class,
    cast(count(*) as bigint) as device_day_count,
    {{ integer_sum('device_days.able_seconds') }} as able_card_seconds,
    {{ integer_sum('device_days.known_seconds + device_days.class_c_lit_seconds + device_days.class_c_idle_seconds') }}
        as known_card_seconds,
    {{ integer_sum('device_days.lit_seconds') }} as lit_card_seconds,
    {{ integer_sum('device_days.class_c_lit_seconds') }} as lit_by_power_card_seconds,
    {{ integer_sum('device_days.declared_lit_seconds') }} as declared_lit_card_seconds
from device_days
where device_days.able_seconds > 0
group by
    device_days.center_id,
    {{ month_start('device_days.local_day') }},
    device_days.evidence_class
