-- Grain: one row per center, model and first day on which what a card counts for under a subsidy is so.
-- Credited counts at both bounds; where nothing is credited, the lower bound has no weight and the upper the nominal.
select
    weights.center_id,
    weights.model_id,
    weights.valid_from_on,
    weights.valid_to_on,
    coalesce(weights.credited_gflops, 0) as gflops_lower,
    coalesce(weights.credited_gflops, accelerators.weight_gflops, 0) as gflops_upper,
    coalesce(accelerators.weight_gflops, 0) as nominal_gflops
from {{ ref('int_rates__credited_weights') }} as weights
inner join {{ ref('accelerators') }} as accelerators
    on weights.model_id = accelerators.model_id
