-- Grain: one row per invoice line issued by as-of.
with lines as (
    select * from {{ ref('int_revenue__lines') }}
)

select
    invoice_line_id,
    center_id,
    lease_id,
    payer_party_id,
    issued_on,
    service_from,
    service_to,
    invoiced_net_cny_fen,
    invoiced_tax_cny_fen,
    credit_net_cny_fen,
    credit_tax_cny_fen,
    credit_beyond_line_cny_fen,
    collected_cny_fen,
    collected_net_cny_fen,
    vat_rate_milli,
    tax_difference_cny_fen,
    case
        when vat_rate_milli is null then 'no_terms'
        when tax_difference_cny_fen between -1 and 1 then 'as_agreed'
        else 'other_rate'
    end as tax_verdict
from lines
