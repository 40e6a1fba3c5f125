-- Grain: one row per invoice line issued by as-of: billed, credited and received of it, and its tax against its terms.
with clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
),

credits as (
    select
        credit_notes.center_id,
        credit_notes.invoice_line_id,
        {{ integer_sum('credit_notes.net_cny_fen') }} as credit_net_cny_fen,
        {{ integer_sum('credit_notes.tax_cny_fen') }} as credit_tax_cny_fen
    from {{ ref('stg_registers__credit_notes') }} as credit_notes
    inner join clock
        on
            credit_notes.center_id = clock.center_id
            and credit_notes.issued_on <= clock.as_of_on
    group by credit_notes.center_id, credit_notes.invoice_line_id
),

receipts as (
    select
        center_id,
        invoice_line_id,
        {{ integer_sum('counted_cny_fen') }} as counted_cny_fen
    from {{ ref('int_collection__counted_receipts') }}
    group by center_id, invoice_line_id
),

terms as (
    select
        lease_id,
        span_from_on,
        span_to_on,
        vat_rate_milli
    from {{ ref('int_revenue__term_spans') }}
),

lines as (
    select
        lines.invoice_line_id,
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
        least(coalesce(receipts.counted_cny_fen, 0), lines.net_cny_fen + lines.tax_cny_fen) as collected_cny_fen,
        terms.vat_rate_milli
    from {{ ref('stg_registers__invoice_lines') }} as lines
    inner join clock
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
    lines.collected_cny_fen,
    -- What was received of a line is net and tax in the proportion in which it was invoiced.
    cast(
        round(
            {{ ratio(
                'cast(lines.collected_cny_fen as double) * lines.invoiced_net_cny_fen',
                'lines.invoiced_net_cny_fen + lines.invoiced_tax_cny_fen'
            ) }}
        ) as bigint
    ) as collected_net_cny_fen,
    lines.vat_rate_milli,
    lines.invoiced_tax_cny_fen
    - cast(round(lines.invoiced_net_cny_fen * (lines.vat_rate_milli / cast(1000 as double))) as bigint)
        as tax_difference_cny_fen
from lines
