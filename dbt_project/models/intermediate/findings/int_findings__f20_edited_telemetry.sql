-- Grain: one row per received file that is no longer as it was received, and per chained log with a gap or a changed
-- entry; a log is of no one center.
with as_of as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

checked as (
    select {{ local_date('as_of_epoch_seconds', "'UTC'") }} as checked_on
    from as_of
),

faults as (
    select
        file_faults.source_sha256,
        file_faults.fault,
        coalesce(files.center_id, 'unknown') as center_id,
        {{ local_date(epoch_seconds('files.recorded_at'), "'UTC'") }} as recorded_on,
        checked.checked_on
    from {{ ref('stg_intake__file_faults') }} as file_faults
    inner join {{ ref('stg_intake__files') }} as files
        on file_faults.source_sha256 = files.source_sha256
    cross join checked
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
        source_sha256 as last_evidence_key,
        'files' as unit,
        'files' as evidence_kind
    from faults
    union all
    select
        'unknown' as center_id,
        'chain' as subject_kind,
        chain_faults.chain as subject_id,
        {{ quarter_start('max(checked.checked_on)') }} as period_start_on,
        max(checked.checked_on) as evidence_start_on,
        {{ add_days('max(checked.checked_on)', '1') }} as period_end_on,
        count(*) as observed,
        0 as expected,
        'holds' as verdict,
        false as is_weak,
        0.9 as confidence,
        count(*) as evidence_count,
        min(chain_faults.fault) as first_evidence_key,
        max(chain_faults.fault) as last_evidence_key,
        'faults' as unit,
        'log_entries' as evidence_kind
    from {{ ref('stg_intake__chain_faults') }} as chain_faults
    cross join checked
    group by chain_faults.chain
)

{{ finding_shape('F20', 'found', 'found') }}
