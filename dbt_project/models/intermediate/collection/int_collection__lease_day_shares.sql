-- Grain: one row per center, lease and local day that an invoice line covers: what its lines were billed and paid.
-- The paid share of the day is received over billed of all lines that cover it.
with lines as (
    select * from {{ ref('int_collection__invoice_lines') }}
    where
        lease_id is not null
        and billed_cny_fen > 0
),

center_days as (
    select
        center_id,
        local_day
    from {{ ref('int_calendar__center_days') }}
)

select
    lines.center_id,
    lines.lease_id,
    center_days.local_day,
    min(lines.invoice_line_id) as first_line_id,
    max(lines.invoice_line_id) as last_line_id,
    {{ integer_sum('lines.billed_cny_fen') }} as billed_cny_fen,
    {{ integer_sum('lines.received_cny_fen') }} as received_cny_fen
from lines
inner join center_days
    on
        lines.center_id = center_days.center_id
        and lines.service_from <= center_days.local_day
        and lines.service_to > center_days.local_day
group by lines.center_id, lines.lease_id, center_days.local_day
