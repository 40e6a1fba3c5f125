-- Grain: one row per invoice line issued by as-of: what was billed, received of it, and is yet to be served.
with last_days as (
    select
        center_id,
        max(local_day) as last_day
    from {{ ref('int_calendar__center_days') }}
    group by center_id
),

lines as (
    select
        lines.*,
        least(lines.service_to, {{ add_days('last_days.last_day', 1) }}) as served_to,
        {{ days_between('lines.service_from', 'lines.service_to') }} as service_day_count
    from {{ ref('int_collection__billed_lines') }} as lines
    inner join last_days
        on lines.center_id = last_days.center_id
),

served as (
    select
        lines.*,
        greatest({{ days_between('lines.service_from', 'lines.served_to') }}, 0) as served_day_count
    from lines
)

select
    served.invoice_line_id,
    served.center_id,
    served.payer_party_id,
    served.lease_id,
    served.issued_on,
    served.service_from,
    served.service_to,
    served.served_to,
    served.served_day_count,
    served.invoiced_net_cny_fen + served.invoiced_tax_cny_fen as invoiced_cny_fen,
    served.credit_net_cny_fen + served.credit_tax_cny_fen as credit_cny_fen,
    served.billed_cny_fen,
    served.received_cny_fen,
    served.overpaid_cny_fen,
    {{ whole_division(wide('served.billed_cny_fen') ~ ' * served.served_day_count', 'served.service_day_count') }}
        as served_billed_cny_fen,
    {{ whole_division(wide('served.received_cny_fen') ~ ' * served.served_day_count', 'served.service_day_count') }}
        as served_received_cny_fen
from served
