-- Grain: one row per center billed in the last twelve months and basis of PFLOPS.
with implied as (
    select * from {{ ref('int_worth__implied_prices') }}
),

tolerance as (
    select {{ policy_number('plan_mismatch_tolerance') }} as tolerance
)

select
    implied.center_id,
    implied.pflops_basis,
    implied.last_month_on,
    implied.month_count,
    implied.billed_net_cny_fen,
    implied.pflops_years,
    implied.ratio_of_dense,
    case
        when implied.ratio_of_dense is null then 'not_declared'
        when abs(implied.ratio_of_dense - 1) <= tolerance.tolerance then 'dense'
        when abs(implied.ratio_of_dense / 2 - 1) <= tolerance.tolerance then 'sparse'
        else 'other'
    end as pflops_flag,
    implied.billed_net_cny_fen / nullif(implied.pflops_years, 0) as billed_cny_fen_per_pflops_year
from implied
cross join tolerance
