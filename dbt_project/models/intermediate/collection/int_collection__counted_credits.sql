-- Grain: one row per credit note issued by as-of on an invoice line of its center: what of it counts.
-- Credits lower a line, in the order of their issue, until nothing of it is left; beyond that they count nowhere.
with clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
),

credits as (
    select
        credit_notes.credit_note_id,
        credit_notes.invoice_line_id,
        credit_notes.center_id,
        credit_notes.credit_kind,
        credit_notes.issued_on,
        credit_notes.net_cny_fen,
        credit_notes.tax_cny_fen,
        lines.net_cny_fen as line_net_cny_fen,
        lines.tax_cny_fen as line_tax_cny_fen,
        {{ wide('sum(credit_notes.net_cny_fen) over so_far') }} - credit_notes.net_cny_fen as net_before_cny_fen,
        {{ wide('sum(credit_notes.tax_cny_fen) over so_far') }} - credit_notes.tax_cny_fen as tax_before_cny_fen
    from {{ ref('stg_registers__credit_notes') }} as credit_notes
    inner join clock
        on
            credit_notes.center_id = clock.center_id
            and credit_notes.issued_on <= clock.as_of_on
    inner join {{ ref('stg_registers__invoice_lines') }} as lines
        on
            credit_notes.center_id = lines.center_id
            and credit_notes.invoice_line_id = lines.invoice_line_id
            and lines.issued_on <= clock.as_of_on
    window so_far as (
        partition by credit_notes.center_id, credit_notes.invoice_line_id
        order by credit_notes.issued_on nulls last, credit_notes.credit_note_id nulls last
        rows between unbounded preceding and current row
    )
)

select
    credits.credit_note_id,
    credits.invoice_line_id,
    credits.center_id,
    credits.credit_kind,
    credits.issued_on,
    credits.net_cny_fen,
    credits.tax_cny_fen,
    cast(
        least(credits.net_cny_fen, greatest(credits.line_net_cny_fen - credits.net_before_cny_fen, 0)) as bigint
    ) as counted_net_cny_fen,
    cast(
        least(credits.tax_cny_fen, greatest(credits.line_tax_cny_fen - credits.tax_before_cny_fen, 0)) as bigint
    ) as counted_tax_cny_fen
from credits
