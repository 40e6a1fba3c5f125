-- Grain: one row per finding, kind of record, record (or card, meter or center) and received file it rests on.
-- From a finding to lines of files. A file of another center is known by its sha256 and lines, not by its name.
with findings as (
    select
        finding_id,
        rule_id,
        center_id,
        subject_kind,
        subject_id,
        evidence_start_on,
        period_end_on
    from {{ ref('fct_finding') }}
),

files as (
    select
        source_sha256,
        original_name,
        {{ local_date(epoch_seconds('recorded_at'), "'UTC'") }} as recorded_on
    from {{ ref('stg_intake__files') }}
),

-- F09 rests on a mart, and so do its register rows: the vendor's promises to the center.
promises as (
    select
        findings.finding_id,
        'offtake_commitments' as record_kind,
        commitments.commitment_id as record_key
    from findings
    inner join {{ ref('stg_registers__offtake_commitments') }} as commitments
        on
            findings.center_id = commitments.center_id
            and findings.subject_id = commitments.vendor_party_id
    where findings.rule_id = 'F09'
    union
    select
        finding_id,
        'centers' as record_kind,
        center_id as record_key
    from findings
    where rule_id = 'F09'
),

record_keys as (
    select * from {{ ref('int_findings__evidence_records') }}
    union
    select * from promises
),

of_records as (
    select
        findings.finding_id,
        findings.center_id,
        record_keys.record_kind,
        record_keys.record_key as record_id,
        cast(null as date) as first_day_on,
        cast(null as date) as last_day_on,
        record_rows.source_sha256,
        record_rows.source_line as first_line,
        record_rows.source_line as last_line,
        cast(1 as bigint) as row_count,
        coalesce(record_rows.center_id, findings.center_id) = findings.center_id as is_own
    from record_keys
    inner join findings
        on record_keys.finding_id = findings.finding_id
    inner join {{ ref('stg_intake__record_rows') }} as record_rows
        on
            record_keys.record_kind = record_rows.record_kind
            and record_keys.record_key = record_rows.row_key
),

of_cards as (
    select
        devices.finding_id,
        devices.center_id,
        day_files.record_kind,
        devices.device_uid as record_id,
        day_files.local_day as first_day_on,
        day_files.local_day as last_day_on,
        day_files.source_sha256,
        day_files.first_line,
        day_files.last_line,
        day_files.row_count,
        true as is_own
    from {{ ref('int_findings__evidence_devices') }} as devices
    inner join {{ ref('fct_device_day__evidence') }} as day_files
        on
            devices.center_id = day_files.center_id
            and devices.device_uid = day_files.device_uid
            and day_files.local_day >= devices.evidence_start_on
            and day_files.local_day < devices.period_end_on
    where devices.rule_id not in ('F10', 'F15')
),

of_centers as (
    select
        findings.finding_id,
        findings.center_id,
        day_files.record_kind,
        findings.center_id as record_id,
        day_files.local_day as first_day_on,
        day_files.local_day as last_day_on,
        day_files.source_sha256,
        day_files.first_line,
        day_files.last_line,
        day_files.row_count,
        true as is_own
    from findings
    inner join {{ ref('fct_device_day__evidence') }} as day_files
        on
            findings.center_id = day_files.center_id
            and day_files.local_day >= findings.evidence_start_on
            and day_files.local_day < findings.period_end_on
    where findings.rule_id in ('F09', 'F11', 'F13', 'F17')
),

of_meters as (
    select
        findings.finding_id,
        findings.center_id,
        'power_readings' as record_kind,
        readings.meter_id as record_id,
        {{ local_date('readings.read_epoch_seconds', 'centers.time_zone') }} as first_day_on,
        {{ local_date('readings.read_epoch_seconds', 'centers.time_zone') }} as last_day_on,
        readings.source_sha256,
        readings.source_line as first_line,
        readings.source_line as last_line,
        cast(1 as bigint) as row_count,
        true as is_own
    from findings
    inner join {{ ref('stg_registers__power_readings') }} as readings
        on
            findings.center_id = readings.center_id
            and (findings.rule_id = 'F13' or findings.subject_id in (readings.server_name, readings.cabinet_id))
    inner join {{ ref('int_calendar__centers') }} as centers
        on readings.center_id = centers.center_id
    where
        findings.rule_id in ('F01', 'F13')
        and {{ local_date('readings.read_epoch_seconds', 'centers.time_zone') }} >= findings.evidence_start_on
        and {{ local_date('readings.read_epoch_seconds', 'centers.time_zone') }} <= findings.period_end_on
),

of_files as (
    select
        findings.finding_id,
        findings.center_id,
        'files' as record_kind,
        findings.subject_id as record_id,
        files.recorded_on as first_day_on,
        files.recorded_on as last_day_on,
        files.source_sha256,
        cast(null as bigint) as first_line,
        cast(null as bigint) as last_line,
        cast(1 as bigint) as row_count,
        true as is_own
    from findings
    inner join files
        on findings.subject_id = files.source_sha256
    where findings.subject_kind = 'file'
),

together as (
    select * from of_records
    union all
    select * from of_cards
    union all
    select * from of_centers
    union all
    select * from of_meters
    union all
    select * from of_files
)

select
    together.finding_id,
    together.center_id,
    together.record_kind,
    together.record_id,
    min(together.first_day_on) as first_day_on,
    max(together.last_day_on) as last_day_on,
    together.source_sha256,
    max(case when together.is_own then files.original_name end) as original_name,
    cast(min(together.first_line) as bigint) as first_line,
    cast(max(together.last_line) as bigint) as last_line,
    {{ integer_sum('together.row_count') }} as row_count
from together
left join files
    on together.source_sha256 = files.source_sha256
group by
    together.finding_id,
    together.center_id,
    together.record_kind,
    together.record_id,
    together.source_sha256
