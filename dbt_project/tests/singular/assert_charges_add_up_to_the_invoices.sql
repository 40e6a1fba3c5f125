-- Asserts: the charges of a center add up, to the fen, to its invoices less the credit notes that count by as-of.
-- A failing row is a center whose exported bill differs from what it bills. Whether anybody paid is another matter.
with charged as (
    select
        center_id,
        {{ integer_sum('billed_fen') }} as billed_fen
    from {{ ref('fct_charge__billed_usage') }}
    group by center_id
),

invoiced as (
    select
        lines.center_id,
        {{ integer_sum('lines.net_cny_fen + lines.tax_cny_fen') }} as invoiced_fen
    from {{ ref('stg_registers__invoice_lines') }} as lines
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            lines.center_id = clock.center_id
            and lines.issued_on <= clock.as_of_on
    group by lines.center_id
),

credited as (
    select
        center_id,
        {{ integer_sum('counted_net_cny_fen + counted_tax_cny_fen') }} as credited_fen
    from {{ ref('int_collection__counted_credits') }}
    group by center_id
)

select
    invoiced.center_id,
    invoiced.invoiced_fen,
    credited.credited_fen,
    charged.billed_fen
from invoiced
full outer join charged
    on invoiced.center_id = charged.center_id
left join credited
    on invoiced.center_id = credited.center_id
where charged.billed_fen is distinct from invoiced.invoiced_fen - coalesce(credited.credited_fen, 0)
