-- Grain: one row per received file that is no longer as it was received.
with as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

faults as (
    select
        file_faults.source_sha256,
        file_faults.fault,
        coalesce(files.center_id, 'unknown') as center_id,
        {{ local_date(epoch_seconds('files.recorded_at'), "'UTC'") }} as recorded_on,
        {{ local_date('as_of.as_of_epoch_seconds', "'UTC'") }} as checked_on
    from {{ ref('stg_intake__file_faults') }} as file_faults
    inner join {{ ref('stg_intake__files') }} as files
        on file_faults.source_sha256 = files.source_sha256
    cross join as_of
),

found as (
    select
        center_id,
        'file' as subject_kind,
        source_sha256 as subject_id,
        {{ quarter_start('recorded_on') }} as period_start_on,
        recorded_on as evidence_start_on,
        {{ add_days('checked_on', '1') }} as period_end_on,
        1 as observed,
        0 as expected,
        'holds' as verdict,
        fault = 'missing' as is_weak,
        case when fault = 'missing' then 0.5 else 0.9 end as confidence,
        1 as evidence_count,
        source_sha256 as first_evidence_key,
        source_sha256 as last_evidence_key
    from faults
)

{{ finding_shape('F20', 'found') }}
