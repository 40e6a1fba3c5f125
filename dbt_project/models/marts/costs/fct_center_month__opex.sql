-- Grain: one row per center, complete month and category of running cost.
with months as (
    select * from {{ ref('int_costs__opex_months') }}
)

select
    center_id,
    month_start_on,
    opex_category,
    cost_basis,
    net_lower_cny_fen,
    net_upper_cny_fen
from months
