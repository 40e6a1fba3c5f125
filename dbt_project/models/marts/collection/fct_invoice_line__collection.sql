-- Grain: one row per invoice line issued by as-of.
with lines as (
    select * from {{ ref('int_collection__invoice_lines') }}
)

select
    lines.invoice_line_id,
    lines.center_id,
    lines.payer_party_id,
    lines.lease_id,
    lines.issued_on,
    lines.service_from,
    lines.service_to,
    lines.invoiced_cny_fen,
    lines.credit_cny_fen,
    lines.billed_cny_fen,
    lines.received_cny_fen,
    lines.overpaid_cny_fen,
    lines.served_billed_cny_fen,
    lines.served_received_cny_fen,
    {{ ratio('lines.received_cny_fen', 'lines.billed_cny_fen') }} as received_rate_of_billed
from lines
