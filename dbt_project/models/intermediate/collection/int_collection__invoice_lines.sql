-- Grain: one row per invoice line issued by as-of: what was billed, received of it, and is yet to be served.
with receipts as (
    select
        center_id,
        invoice_line_id,
        {{ integer_sum('counted_cny_fen') }} as counted_cny_fen
    from {{ ref('int_collection__counted_receipts') }}
    group by center_id, invoice_line_id
),

last_days as (
    select
        center_id,
        max(local_day) as last_day
    from {{ ref('int_calendar__center_days') }}
    group by center_id
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
        least(lines.service_to, {{ add_days('last_days.last_day', 1) }}) as served_to,
        lines.net_cny_fen + lines.tax_cny_fen as invoiced_cny_fen,
        coalesce(receipts.counted_cny_fen, 0) as counted_cny_fen
    from {{ ref('stg_registers__invoice_lines') }} as lines
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            lines.center_id = clock.center_id
            and lines.issued_on <= clock.as_of_on
    inner join last_days
        on lines.center_id = last_days.center_id
    left join receipts
        on
            lines.center_id = receipts.center_id
            and lines.invoice_line_id = receipts.invoice_line_id
),

received as (
    select
        lines.*,
        least(lines.counted_cny_fen, lines.invoiced_cny_fen) as received_cny_fen,
        greatest({{ days_between('lines.service_from', 'lines.served_to') }}, 0) as served_day_count,
        {{ days_between('lines.service_from', 'lines.service_to') }} as service_day_count
    from lines
)

select
    received.invoice_line_id,
    received.center_id,
    received.payer_party_id,
    received.lease_id,
    received.issued_on,
    received.service_from,
    received.service_to,
    received.served_to,
    received.served_day_count,
    received.invoiced_cny_fen,
    received.received_cny_fen,
    received.counted_cny_fen - received.received_cny_fen as overpaid_cny_fen,
    {{ whole_division(
        wide('received.invoiced_cny_fen') ~ ' * received.served_day_count', 'received.service_day_count'
    ) }} as served_invoiced_cny_fen,
    {{ whole_division(
        wide('received.received_cny_fen') ~ ' * received.served_day_count', 'received.service_day_count'
    ) }} as served_received_cny_fen
from received
