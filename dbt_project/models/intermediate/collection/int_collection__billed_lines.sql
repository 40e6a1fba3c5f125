-- Grain: one row per invoice line issued by as-of: invoiced, credited, billed (the difference), and received of it.
-- The one place where credit notes and receipts meet a line; whatever speaks of billing reads it here.
with credits as (
    select
        center_id,
        invoice_line_id,
        {{ integer_sum('counted_net_cny_fen') }} as credit_net_cny_fen,
        {{ integer_sum('counted_tax_cny_fen') }} as credit_tax_cny_fen,
        {{ integer_sum('net_cny_fen + tax_cny_fen - counted_net_cny_fen - counted_tax_cny_fen') }}
            as credit_beyond_line_cny_fen
    from {{ ref('int_collection__counted_credits') }}
    group by center_id, invoice_line_id
),

receipts as (
    select
        center_id,
        invoice_line_id,
        {{ integer_sum('counted_cny_fen') }} as counted_cny_fen
    from {{ ref('int_collection__counted_receipts') }}
    group by center_id, invoice_line_id
),

lines as (
    select
        lines.invoice_line_id,
        lines.invoice_id,
        lines.center_id,
        lines.payer_party_id,
        lines.lease_id,
        lines.issued_on,
        lines.service_from,
        lines.service_to,
        lines.net_cny_fen as invoiced_net_cny_fen,
        lines.tax_cny_fen as invoiced_tax_cny_fen,
        coalesce(credits.credit_net_cny_fen, 0) as credit_net_cny_fen,
        coalesce(credits.credit_tax_cny_fen, 0) as credit_tax_cny_fen,
        coalesce(credits.credit_beyond_line_cny_fen, 0) as credit_beyond_line_cny_fen,
        coalesce(receipts.counted_cny_fen, 0) as counted_cny_fen
    from {{ ref('stg_registers__invoice_lines') }} as lines
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            lines.center_id = clock.center_id
            and lines.issued_on <= clock.as_of_on
    left join credits
        on
            lines.center_id = credits.center_id
            and lines.invoice_line_id = credits.invoice_line_id
    left join receipts
        on
            lines.center_id = receipts.center_id
            and lines.invoice_line_id = receipts.invoice_line_id
),

billed as (
    select
        lines.*,
        lines.invoiced_net_cny_fen - lines.credit_net_cny_fen as billed_net_cny_fen,
        lines.invoiced_tax_cny_fen - lines.credit_tax_cny_fen as billed_tax_cny_fen,
        lines.invoiced_net_cny_fen
        + lines.invoiced_tax_cny_fen
        - lines.credit_net_cny_fen
        - lines.credit_tax_cny_fen as billed_cny_fen
    from lines
)

select
    billed.invoice_line_id,
    billed.invoice_id,
    billed.center_id,
    billed.payer_party_id,
    billed.lease_id,
    billed.issued_on,
    billed.service_from,
    billed.service_to,
    billed.invoiced_net_cny_fen,
    billed.invoiced_tax_cny_fen,
    billed.credit_net_cny_fen,
    billed.credit_tax_cny_fen,
    billed.credit_beyond_line_cny_fen,
    billed.billed_net_cny_fen,
    billed.billed_tax_cny_fen,
    billed.billed_cny_fen,
    least(billed.counted_cny_fen, billed.billed_cny_fen) as received_cny_fen,
    billed.counted_cny_fen - least(billed.counted_cny_fen, billed.billed_cny_fen) as overpaid_cny_fen
from billed
