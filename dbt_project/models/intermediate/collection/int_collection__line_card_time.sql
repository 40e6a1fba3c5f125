-- Grain: one row per invoice line and piece of its lease's card time: the fen of the line that fall on the piece.
-- A line is spread over its card time by seconds, in whole fen whose sum is the line: each piece takes the whole fen
-- up to its end, less those up to its beginning.
with lines as (
    select * from {{ ref('int_collection__invoice_lines') }}
),

pieces as (
    select
        lines.invoice_line_id,
        lines.served_billed_cny_fen,
        lines.served_received_cny_fen,
        card_time.card_time_no,
        card_time.card_seconds,
        {{ wide('sum(card_time.card_seconds) over so_far') }} as seconds_so_far,
        {{ wide('sum(card_time.card_seconds) over whole_line') }} as line_seconds
    from lines
    inner join {{ ref('int_collection__card_time') }} as card_time
        on
            lines.center_id = card_time.center_id
            and lines.lease_id = card_time.lease_id
            and lines.service_from <= card_time.local_day
            and lines.service_to > card_time.local_day
    window
        so_far as (
            partition by lines.invoice_line_id
            order by card_time.card_time_no nulls last
            rows between unbounded preceding and current row
        ),
        whole_line as (partition by lines.invoice_line_id)
)

select
    pieces.invoice_line_id,
    pieces.card_time_no,
    {{ whole_division('pieces.served_billed_cny_fen * pieces.seconds_so_far', 'pieces.line_seconds') }}
    - {{ whole_division(
        'pieces.served_billed_cny_fen * (pieces.seconds_so_far - pieces.card_seconds)', 'pieces.line_seconds'
    ) }} as billed_cny_fen,
    {{ whole_division('pieces.served_received_cny_fen * pieces.seconds_so_far', 'pieces.line_seconds') }}
    - {{ whole_division(
        'pieces.served_received_cny_fen * (pieces.seconds_so_far - pieces.card_seconds)', 'pieces.line_seconds'
    ) }} as received_cny_fen
from pieces
