-- Grain: one row per center, device and local day that either the register lists or a reading came in for.
with inventory_days as (
    select
        center_id,
        device_uid,
        local_day,
        able_seconds,
        known_seconds,
        outside_usable_seconds
    from {{ ref('int_utilization__device_days') }}
),

telemetry_days as (
    select * from {{ ref('int_utilization__telemetry_device_days') }}
),

declared_days as (
    select * from {{ ref('int_identity__device_days') }}
),

reported as (
    select
        coalesce(telemetry_days.center_id, declared_days.center_id) as center_id,
        coalesce(telemetry_days.device_uid, declared_days.device_uid) as device_uid,
        coalesce(telemetry_days.local_day, declared_days.local_day) as local_day,
        coalesce(telemetry_days.known_seconds, declared_days.known_seconds) as reported_seconds,
        coalesce(telemetry_days.sample_count, 0) as sample_count,
        coalesce(telemetry_days.duplicate_count, 0) as duplicate_count,
        coalesce(telemetry_days.conflict_count, 0) as conflict_count,
        coalesce(telemetry_days.unreadable_count, 0) as unreadable_count,
        coalesce(
            telemetry_days.evidence_a_seconds,
            case when declared_days.evidence_class = 'A' then declared_days.known_seconds else 0 end
        ) as evidence_a_seconds,
        coalesce(
            telemetry_days.evidence_b_seconds,
            case when declared_days.evidence_class = 'B' then declared_days.known_seconds else 0 end
        ) as evidence_b_seconds,
        coalesce(
            telemetry_days.evidence_c_seconds,
            case when declared_days.evidence_class = 'C' then declared_days.known_seconds else 0 end
        ) as evidence_c_seconds,
        coalesce(
            telemetry_days.evidence_d_seconds,
            case when declared_days.evidence_class = 'D' then declared_days.known_seconds else 0 end
        ) as evidence_d_seconds
    from telemetry_days
    full outer join declared_days
        on
            telemetry_days.center_id = declared_days.center_id
            and telemetry_days.device_uid = declared_days.device_uid
            and telemetry_days.local_day = declared_days.local_day
)

select
    coalesce(inventory_days.center_id, reported.center_id) as center_id,
    coalesce(inventory_days.device_uid, reported.device_uid) as device_uid,
    coalesce(inventory_days.local_day, reported.local_day) as local_day,
    coalesce(inventory_days.able_seconds, 0) as expected_seconds,
    coalesce(inventory_days.known_seconds, 0) as known_seconds,
    coalesce(inventory_days.outside_usable_seconds, reported.reported_seconds, 0) as outside_usable_seconds,
    coalesce(reported.reported_seconds, 0) as reported_seconds,
    inventory_days.device_uid is not null as is_listed,
    coalesce(reported.sample_count, 0) as sample_count,
    coalesce(reported.duplicate_count, 0) as duplicate_count,
    coalesce(reported.conflict_count, 0) as conflict_count,
    coalesce(reported.unreadable_count, 0) as unreadable_count,
    coalesce(reported.evidence_a_seconds, 0) as evidence_a_seconds,
    coalesce(reported.evidence_b_seconds, 0) as evidence_b_seconds,
    coalesce(reported.evidence_c_seconds, 0) as evidence_c_seconds,
    coalesce(reported.evidence_d_seconds, 0) as evidence_d_seconds
from inventory_days
full outer join reported
    on
        inventory_days.center_id = reported.center_id
        and inventory_days.device_uid = reported.device_uid
        and inventory_days.local_day = reported.local_day
