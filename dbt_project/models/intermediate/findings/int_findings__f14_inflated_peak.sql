-- Grain: one row per plan line whose PFLOPS a multiple of the catalogue's dense FP16 would explain.
-- Of a model that is weighed by BF16, because nothing else is published, the catalogue does not know enough.
with plan_lines as (
    select * from {{ ref('int_rates__plan_basis') }}
    where is_mismatch and declared_ratio_of_catalogue > 1
),

found as (
    select
        center_id,
        'plan_line' as subject_kind,
        plan_line_id as subject_id,
        {{ quarter_start('due_on') }} as period_start_on,
        due_on as evidence_start_on,
        {{ add_months(quarter_start('due_on'), '3') }} as period_end_on,
        declared_ratio_of_catalogue as observed,
        1 as expected,
        case when weight_basis = 'bf16' then 'undetermined' else 'holds' end as verdict,
        candidate_basis = 'unexplained' as is_weak,
        case when candidate_basis = 'unexplained' then 0.3 else 0.7 end as confidence,
        1 as evidence_count,
        plan_line_id as first_evidence_key,
        plan_line_id as last_evidence_key
    from plan_lines
)

{{ finding_shape('F14', 'found') }}
