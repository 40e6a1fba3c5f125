-- Grain: one row per file, center, name used by telemetry, UTC day and reason, for sample rows that do not count whole.
with sample_hours as (
    select * from {{ ref('stg_telemetry__sample_hours') }}
),

centers as (
    select center_id from {{ ref('stg_registers__centers') }}
),

devices as (
    select
        center_id,
        device_uid
    from {{ ref('int_inventory__devices') }}
),

alias_hours as (
    select * from {{ ref('int_identity__alias_hours') }}
),

overpowered_hours as (
    select * from {{ ref('int_identity__overpowered_hours') }}
),

absences as (
    select
        center_id,
        device_uid,
        state,
        valid_from_epoch_seconds,
        valid_to_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
    where state in ('rma_out', 'decommissioned', 'sold', 'transferred')
),

judged as (
    select
        sample_hours.source_sha256,
        sample_hours.center_id,
        sample_hours.device_uid,
        sample_hours.row_count,
        sample_hours.highest_power_mw,
        overpowered_hours.tdp_w,
        coalesce(alias_hours.device_uid, absences.state) as remark,
        {{ local_date('sample_hours.hour_start_epoch_seconds', "'UTC'") }} as utc_day,
        case
            when centers.center_id is null then 'UNKNOWN_CENTER'
            when alias_hours.reason_code is not null then alias_hours.reason_code
            when devices.device_uid is null then 'UNKNOWN_CARD'
            when absences.state is not null then 'SERIAL_AFTER_RMA'
            when
                sample_hours.highest_power_mw
                > cast(overpowered_hours.tdp_w as double) * 10 * {{ policy_number('power_limit_pct_of_tdp') }}
                then 'POWER_ABOVE_TDP'
        end as reason_code
    from sample_hours
    left join centers
        on sample_hours.center_id = centers.center_id
    left join alias_hours
        on
            sample_hours.center_id = alias_hours.center_id
            and sample_hours.device_uid = alias_hours.named_device_uid
            and sample_hours.hour_start_epoch_seconds = alias_hours.hour_start_epoch_seconds
    left join devices
        on
            sample_hours.center_id = devices.center_id
            and coalesce(alias_hours.device_uid, sample_hours.device_uid) = devices.device_uid
    left join absences
        on
            devices.center_id = absences.center_id
            and devices.device_uid = absences.device_uid
            and sample_hours.hour_start_epoch_seconds >= absences.valid_from_epoch_seconds
            and sample_hours.hour_start_epoch_seconds < absences.valid_to_epoch_seconds
    left join overpowered_hours
        on
            sample_hours.center_id = overpowered_hours.center_id
            and sample_hours.device_uid = overpowered_hours.named_device_uid
            and sample_hours.hour_start_epoch_seconds = overpowered_hours.hour_start_epoch_seconds
)

select
    judged.source_sha256,
    judged.center_id,
    judged.device_uid,
    judged.utc_day,
    judged.reason_code,
    {{ integer_sum('judged.row_count') }} as row_count,
    cast(count(*) as bigint) as hour_count,
    max(judged.highest_power_mw) as highest_power_mw,
    max(judged.tdp_w) as tdp_w,
    max(judged.remark) as remark
from judged
where judged.reason_code is not null
group by judged.source_sha256, judged.center_id, judged.device_uid, judged.utc_day, judged.reason_code
