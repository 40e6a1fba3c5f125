-- Asserts: the policy's lit threshold is one of the edges of the utilization histogram.
-- A failing row means: the threshold cuts a bin in two, and no sum of bins can answer for it.
-- Not about: which edge it is.
select policy.value_number
from {{ ref('policy') }} as policy
where policy.name = 'lit_threshold_pct' and policy.value_number not in (0, 1, 5, 10, 20, 50, 80)
