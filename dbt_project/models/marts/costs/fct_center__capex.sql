-- Grain: one row per center with capex lines.
with totals as (
    select * from {{ ref('int_costs__center_capex') }}
)

select
    center_id,
    net_cny_fen,
    gross_cny_fen,
    contributed_cny_fen,
    loan_cny_fen,
    grant_cny_fen,
    gross_cny_fen - contributed_cny_fen - loan_cny_fen - grant_cny_fen as owner_outlay_cny_fen,
    paid_cny_fen,
    planned_card_count,
    planned_gflops,
    -- fen over GFLOPS, times ten thousand, is yuan per PFLOPS
    {{ ratio('gross_cny_fen', 'planned_gflops') }} * 10000 as gross_cny_per_planned_pflops,
    {{ ratio('network_gross_cny_fen', 'servers_gross_cny_fen') }} as network_ratio_to_servers,
    unresolved_line_count
from totals
