-- Grain: one row per center, device and local day with at least one telemetry sample.
-- The only model that reads every device-hour: all the others see days, and hours only of days a card was partly able.
with device_hours as (
    select * from {{ ref('int_identity__device_hours') }}
)

select
    device_hours.center_id,
    device_hours.device_uid,
    device_hours.local_day,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.known_seconds end") }}
        as known_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_0_1_seconds end") }}
        as util_0_1_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_1_5_seconds end") }}
        as util_1_5_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_5_10_seconds end") }}
        as util_5_10_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_10_20_seconds end") }}
        as util_10_20_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_20_50_seconds end") }}
        as util_20_50_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_50_80_seconds end") }}
        as util_50_80_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.util_80_100_seconds end") }}
        as util_80_100_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.above_zero_seconds end") }}
        as above_zero_seconds,
    {{ integer_sum("case when device_hours.evidence_class <> 'D' then device_hours.busy_bp_seconds end") }}
        as busy_bp_seconds,
    {{ integer_sum('device_hours.occupied_seconds') }} as occupied_seconds,
    {{ integer_sum('device_hours.occupancy_known_seconds') }} as occupancy_known_seconds,
    {{ integer_sum('device_hours.productive_seconds') }} as productive_seconds,
    {{ integer_sum('device_hours.productive_known_seconds') }} as productive_known_seconds,
    {{ integer_sum('device_hours.energy_wh') }} as energy_wh,
    {{ integer_sum("case when device_hours.evidence_class = 'A' then device_hours.known_seconds end") }}
        as evidence_a_seconds,
    {{ integer_sum("case when device_hours.evidence_class = 'B' then device_hours.known_seconds end") }}
        as evidence_b_seconds,
    {{ integer_sum("case when device_hours.evidence_class = 'C' then device_hours.known_seconds end") }}
        as evidence_c_seconds,
    {{ integer_sum("case when device_hours.evidence_class = 'D' then device_hours.known_seconds end") }}
        as evidence_d_seconds,
    {{ integer_sum('device_hours.sample_count') }} as sample_count,
    {{ integer_sum('device_hours.duplicate_count') }} as duplicate_count,
    {{ integer_sum('device_hours.conflict_count') }} as conflict_count,
    {{ integer_sum('device_hours.unreadable_count') }} as unreadable_count,
    min(
        case
            when device_hours.known_seconds > 0 and device_hours.evidence_class <> 'D'
                then device_hours.first_sampled_epoch_seconds
        end
    ) as first_seen_epoch_seconds,
    max(
        case
            when device_hours.known_seconds > 0 and device_hours.evidence_class <> 'D'
                then device_hours.last_sampled_epoch_seconds
        end
    ) as last_seen_epoch_seconds
from device_hours
where
    device_hours.sample_count > 0
    or device_hours.known_seconds > 0
    or device_hours.unreadable_count > 0
group by device_hours.center_id, device_hours.device_uid, device_hours.local_day
