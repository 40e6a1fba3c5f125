-- Over all months the matrix of a center holds every fen billed by as-of (credits deducted), and every fen received
-- from customers.
-- A failing row is a center of which money was lost, or counted twice, on the way from its invoices and its cash book.
with lines as (
    select
        center_id,
        sum(billed_cny_fen - received_cny_fen) as unpaid_cny_fen
    from {{ ref('fct_invoice_line__collection') }}
    group by center_id
),

receipts as (
    select
        center_id,
        sum(receipt_cny_fen) as receipt_cny_fen
    from {{ ref('fct_center_month__cash') }}
    group by center_id
),

cells as (
    select
        scope_id,
        sum(case when money_status = 'paid' then amount_cny_fen else 0 end) as paid_cny_fen,
        sum(case when money_status = 'unpaid' then amount_cny_fen else 0 end) as unpaid_cny_fen
    from {{ ref('fct_center_month__reconciliation') }}
    group by scope_id
)

select
    lines.center_id,
    lines.unpaid_cny_fen,
    cells.unpaid_cny_fen as unpaid_in_cells_cny_fen,
    receipts.receipt_cny_fen,
    cells.paid_cny_fen
from lines
left join receipts
    on lines.center_id = receipts.center_id
left join cells
    on lines.center_id = cells.scope_id
where
    lines.unpaid_cny_fen is distinct from cells.unpaid_cny_fen
    or coalesce(receipts.receipt_cny_fen, 0) is distinct from cells.paid_cny_fen
