-- Grain: one row per record kind, file, line and key in force that names a center or a card no register names.
-- Kinds without a center of their own (parties, periods of a promise, subsidy payments) follow what they belong to.
with rows_in_force as (
    select
        record_rows.record_kind,
        record_rows.source_sha256,
        record_rows.source_line,
        record_rows.row_key,
        record_rows.center_id,
        record_rows.device_uid,
        coalesce(alias_records.device_uid, record_rows.device_uid) as known_device_uid,
        alias_records.reason_code as alias_reason_code
    from {{ ref('stg_intake__record_rows') }} as record_rows
    left join {{ ref('int_identity__alias_records') }} as alias_records
        on
            record_rows.record_kind = alias_records.record_kind
            and record_rows.source_sha256 = alias_records.source_sha256
            and record_rows.source_line = alias_records.source_line
            and record_rows.device_uid = alias_records.named_device_uid
    left join {{ ref('int_integrity__repeated_rows') }} as repeated_rows
        on
            record_rows.record_kind = repeated_rows.record_kind
            and record_rows.source_sha256 = repeated_rows.source_sha256
            and record_rows.source_line = repeated_rows.source_line
            and record_rows.row_key = repeated_rows.row_key
    where
        coalesce(repeated_rows.standing, 'in_force') = 'in_force'
        and record_rows.record_kind <> 'centers'
        and record_rows.center_id is not null
),

centers as (
    select center_id from {{ ref('stg_registers__centers') }}
),

devices as (
    select
        center_id,
        device_uid
    from {{ ref('int_inventory__devices') }}
)

select
    rows_in_force.record_kind,
    rows_in_force.source_sha256,
    rows_in_force.source_line,
    rows_in_force.row_key,
    rows_in_force.center_id,
    rows_in_force.device_uid,
    case when centers.center_id is null then 'UNKNOWN_CENTER' else 'UNKNOWN_CARD' end as reason_code
from rows_in_force
left join centers
    on rows_in_force.center_id = centers.center_id
left join devices
    on
        rows_in_force.center_id = devices.center_id
        and rows_in_force.known_device_uid = devices.device_uid
where
    centers.center_id is null
    or (
        rows_in_force.record_kind in ('device_aliases', 'power_reports', 'device_days', 'lease_devices')
        and devices.device_uid is null
        and rows_in_force.alias_reason_code is null
    )
