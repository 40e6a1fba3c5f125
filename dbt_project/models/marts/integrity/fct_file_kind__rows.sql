-- Grain: one row per file and kind of what its accepted lines became: where each of these rows went.
with promised as (
    select
        source_sha256,
        record_kind,
        row_count
    from {{ ref('stg_intake__lake_rows') }}
    where record_kind <> 'sample_hours'
),

set_aside_records as (
    select
        record_kind,
        source_sha256,
        source_line,
        row_key
    from {{ ref('int_integrity__set_aside_rows') }}
    where standing = 'set_aside' and source_line is not null
    group by record_kind, source_sha256, source_line, row_key
),

record_rows as (
    select
        record_rows.source_sha256,
        record_rows.record_kind,
        case
            when repeated_rows.standing in ('superseded', 'duplicate') then repeated_rows.standing
            when set_aside_records.row_key is not null then 'set_aside'
            else 'used'
        end as standing
    from {{ ref('stg_intake__record_rows') }} as record_rows
    left join {{ ref('int_integrity__repeated_rows') }} as repeated_rows
        on
            record_rows.record_kind = repeated_rows.record_kind
            and record_rows.source_sha256 = repeated_rows.source_sha256
            and record_rows.source_line = repeated_rows.source_line
            and record_rows.row_key = repeated_rows.row_key
    left join set_aside_records
        on
            record_rows.record_kind = set_aside_records.record_kind
            and record_rows.source_sha256 = set_aside_records.source_sha256
            and record_rows.source_line = set_aside_records.source_line
            and record_rows.row_key = set_aside_records.row_key
),

found_samples as (
    select
        source_sha256,
        sum(row_count) as row_count
    from {{ ref('stg_telemetry__sample_hours') }}
    group by source_sha256
),

set_aside_samples as (
    select
        source_sha256,
        sum(row_count) as row_count
    from {{ ref('int_integrity__set_aside_rows') }}
    where record_kind = 'samples' and standing = 'set_aside'
    group by source_sha256
),

found as (
    select
        source_sha256,
        record_kind,
        sum(case when standing = 'superseded' then 1 else 0 end) as superseded_row_count,
        sum(case when standing = 'duplicate' then 1 else 0 end) as duplicate_row_count,
        sum(case when standing = 'set_aside' then 1 else 0 end) as set_aside_row_count,
        sum(case when standing = 'used' then 1 else 0 end) as used_row_count
    from record_rows
    group by source_sha256, record_kind
    union all
    select
        found_samples.source_sha256,
        'samples' as record_kind,
        0 as superseded_row_count,
        0 as duplicate_row_count,
        coalesce(set_aside_samples.row_count, 0) as set_aside_row_count,
        found_samples.row_count - coalesce(set_aside_samples.row_count, 0) as used_row_count
    from found_samples
    left join set_aside_samples
        on found_samples.source_sha256 = set_aside_samples.source_sha256
),

files as (
    select
        source_sha256,
        original_name
    from {{ ref('stg_intake__files') }}
)

select
    promised.source_sha256,
    promised.record_kind,
    files.original_name,
    promised.row_count,
    cast(coalesce(found.superseded_row_count, 0) as bigint) as superseded_row_count,
    cast(coalesce(found.duplicate_row_count, 0) as bigint) as duplicate_row_count,
    cast(coalesce(found.set_aside_row_count, 0) as bigint) as set_aside_row_count,
    cast(coalesce(found.used_row_count, 0) as bigint) as used_row_count
from promised
left join found
    on
        promised.source_sha256 = found.source_sha256
        and promised.record_kind = found.record_kind
left join files
    on promised.source_sha256 = files.source_sha256
