-- Grain: one row per invoice line issued by as-of: billed, credited and received of it, and its tax against its terms.
with terms as (
    select
        lease_id,
        span_from_on,
        span_to_on,
        vat_rate_milli
    from {{ ref('int_revenue__term_spans') }}
),

lines as (
    select
        lines.*,
        terms.vat_rate_milli
    from {{ ref('int_collection__billed_lines') }} as lines
    left join terms
        on
            lines.lease_id = terms.lease_id
            and lines.service_from >= terms.span_from_on
            and lines.service_from < terms.span_to_on
)

select
    lines.invoice_line_id,
    lines.center_id,
    lines.payer_party_id,
    lines.lease_id,
    lines.issued_on,
    lines.service_from,
    lines.service_to,
    lines.invoiced_net_cny_fen,
    lines.invoiced_tax_cny_fen,
    lines.credit_net_cny_fen,
    lines.credit_tax_cny_fen,
    lines.credit_beyond_line_cny_fen,
    lines.received_cny_fen as collected_cny_fen,
    -- What was received of a line is net and tax in the proportion in which it is billed.
    coalesce(
        cast(
            round(
                {{ ratio('cast(lines.received_cny_fen as double) * lines.billed_net_cny_fen', 'lines.billed_cny_fen') }}
            ) as bigint
        ),
        0
    ) as collected_net_cny_fen,
    lines.vat_rate_milli,
    lines.invoiced_tax_cny_fen
    - cast(round(lines.invoiced_net_cny_fen * (lines.vat_rate_milli / cast(1000 as double))) as bigint)
        as tax_difference_cny_fen
from lines
