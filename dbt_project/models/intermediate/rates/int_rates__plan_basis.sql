-- Grain: one row per plan line that states PFLOPS for a model of known weight, compared with the catalogue.
with plan_lines as (
    select * from {{ ref('stg_registers__capacity_plans') }}
    where declared_pflops is not null and planned_card_count > 0
),

accelerators as (
    select * from {{ ref('accelerators') }}
    where weight_gflops is not null
),

tolerance as (
    select {{ policy_number('plan_mismatch_tolerance') }} as tolerance
),

compared as (
    select
        plan_lines.plan_line_id,
        plan_lines.center_id,
        plan_lines.model_id,
        plan_lines.planned_card_count,
        plan_lines.declared_pflops,
        plan_lines.due_on,
        accelerators.weight_basis,
        accelerators.logical_devices_per_card,
        {{ ratio('plan_lines.planned_card_count * accelerators.weight_gflops', '1000000') }} as catalogue_pflops,
        {{
            ratio(
                'plan_lines.declared_pflops * 1000000',
                'plan_lines.planned_card_count * accelerators.weight_gflops'
            )
        }} as declared_ratio_of_catalogue,
        tolerance.tolerance
    from plan_lines
    inner join accelerators
        on plan_lines.model_id = accelerators.model_id
    cross join tolerance
),

deviations as (
    select
        compared.*,
        abs(compared.declared_ratio_of_catalogue - 1) > compared.tolerance as is_mismatch
    from compared
)

select
    deviations.plan_line_id,
    deviations.center_id,
    deviations.model_id,
    deviations.planned_card_count,
    deviations.declared_pflops,
    deviations.due_on,
    deviations.weight_basis,
    deviations.catalogue_pflops,
    deviations.declared_ratio_of_catalogue,
    case
        when not deviations.is_mismatch then 'fp16_dense'
        when
            deviations.logical_devices_per_card > 1
            and abs(deviations.declared_ratio_of_catalogue / deviations.logical_devices_per_card - 1)
            <= deviations.tolerance
            then 'logical_devices_or_fp16_sparse_or_fp8_dense'
        when abs(deviations.declared_ratio_of_catalogue / 2 - 1) <= deviations.tolerance
            then 'fp16_sparse_or_fp8_dense_or_fp16_accumulate'
        when abs(deviations.declared_ratio_of_catalogue / 4 - 1) <= deviations.tolerance
            then 'fp8_sparse_or_fp4_dense_or_fp16_accumulate_sparse'
        when abs(deviations.declared_ratio_of_catalogue / 8 - 1) <= deviations.tolerance then 'fp4_sparse'
        when abs(deviations.declared_ratio_of_catalogue / 1.0995 - 1) <= deviations.tolerance then 'binary_prefix'
        else 'unexplained'
    end as candidate_basis,
    deviations.is_mismatch
from deviations
