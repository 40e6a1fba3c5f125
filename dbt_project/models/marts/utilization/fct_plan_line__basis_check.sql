-- Grain: one row per plan line that states PFLOPS for a model of known weight.
select
    plan_basis.plan_line_id,
    plan_basis.center_id,
    plan_basis.model_id,
    plan_basis.planned_card_count,
    plan_basis.declared_pflops,
    plan_basis.catalogue_pflops,
    plan_basis.declared_ratio_of_catalogue,
    plan_basis.candidate_basis,
    plan_basis.is_mismatch
from {{ ref('int_rates__plan_basis') }} as plan_basis
