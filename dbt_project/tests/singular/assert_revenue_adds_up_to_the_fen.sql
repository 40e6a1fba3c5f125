-- Lines, lease months and modes of a center are one sum in every column. A failing row means that a view of revenue
-- lost or made money; it is not about whether the invoices are right.
with lines as (
    select
        center_id,
        {{ integer_sum('invoiced_net_cny_fen') }} as invoiced_cny_fen,
        {{ integer_sum('credit_net_cny_fen') }} as credit_cny_fen,
        {{ integer_sum('collected_cny_fen') }} as collected_cny_fen
    from {{ ref('fct_invoice_line__tax') }}
    group by center_id
),

leases as (
    select
        center_id,
        {{ integer_sum('invoiced_net_cny_fen') }} as invoiced_cny_fen,
        {{ integer_sum('credit_net_cny_fen') }} as credit_cny_fen,
        {{ integer_sum('collected_cny_fen') }} as collected_cny_fen
    from {{ ref('fct_lease_month__revenue') }}
    group by center_id
),

modes as (
    select
        center_id,
        {{ integer_sum('invoiced_net_cny_fen') }} as invoiced_cny_fen,
        {{ integer_sum('credit_net_cny_fen') }} as credit_cny_fen,
        {{ integer_sum('collected_cny_fen') }} as collected_cny_fen
    from {{ ref('fct_center_month_mode__revenue') }}
    group by center_id
)

select
    lines.center_id,
    lines.invoiced_cny_fen,
    leases.invoiced_cny_fen as lease_invoiced_cny_fen,
    modes.invoiced_cny_fen as mode_invoiced_cny_fen
from lines
left join leases
    on lines.center_id = leases.center_id
left join modes
    on lines.center_id = modes.center_id
where
    lines.invoiced_cny_fen is distinct from leases.invoiced_cny_fen
    or lines.credit_cny_fen is distinct from leases.credit_cny_fen
    or lines.collected_cny_fen is distinct from leases.collected_cny_fen
    or lines.invoiced_cny_fen is distinct from modes.invoiced_cny_fen
    or lines.credit_cny_fen is distinct from modes.credit_cny_fen
    or lines.collected_cny_fen is distinct from modes.collected_cny_fen
