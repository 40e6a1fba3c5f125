-- Asserts: the charges of a center add up, to the fen, to the net amounts and taxes of its invoice lines.
-- A failing row is a center whose exported bill would differ from its invoices. Whether anybody paid is another matter.
with charged as (
    select
        center_id,
        {{ integer_sum('billed_fen') }} as billed_fen
    from {{ ref('fct_charge__billed_usage') }}
    group by center_id
),

invoiced as (
    select
        center_id,
        {{ integer_sum('net_cny_fen + tax_cny_fen') }} as invoiced_fen
    from {{ ref('stg_registers__invoice_lines') }}
    group by center_id
)

select
    invoiced.center_id,
    invoiced.invoiced_fen,
    charged.billed_fen
from invoiced
full outer join charged
    on invoiced.center_id = charged.center_id
where charged.billed_fen is distinct from invoiced.invoiced_fen
