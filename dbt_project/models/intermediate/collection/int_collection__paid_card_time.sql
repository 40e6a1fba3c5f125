-- Grain: one row per piece of card time: its milliseconds paid, billed and not paid, not billed, or of unknown payment.
with centers_with_invoices as (
    select center_id
    from {{ ref('int_collection__invoice_lines') }}
    group by center_id
),

pieces as (
    select
        card_time.*,
        card_time.lease_id <> 'none'
        and (card_time.lease_id = 'several' or centers_with_invoices.center_id is null) as is_payment_unknown,
        shares.first_line_id,
        shares.last_line_id,
        shares.billed_cny_fen as line_billed_cny_fen,
        shares.received_cny_fen
    from {{ ref('int_collection__card_time') }} as card_time
    left join centers_with_invoices
        on card_time.center_id = centers_with_invoices.center_id
    left join {{ ref('int_collection__lease_day_shares') }} as shares
        on
            card_time.center_id = shares.center_id
            and card_time.lease_id = shares.lease_id
            and card_time.local_day = shares.local_day
),

-- Pieces of one share are paid together, so that milliseconds are cut once for all of them and not once for each.
shared as (
    select
        pieces.*,
        {{ wide('sum(pieces.card_seconds) over so_far') }} * 1000 as milliseconds_so_far
    from pieces
    window so_far as (
        partition by
            pieces.center_id,
            pieces.lease_id,
            pieces.first_line_id,
            pieces.last_line_id,
            pieces.line_billed_cny_fen,
            pieces.received_cny_fen
        order by pieces.card_time_no nulls last
        rows between unbounded preceding and current row
    )
),

paid as (
    select
        shared.*,
        shared.card_seconds * 1000 as card_milliseconds,
        coalesce(
            {{ whole_division('shared.milliseconds_so_far * shared.received_cny_fen', 'shared.line_billed_cny_fen') }}
            - {{ whole_division(
                '(shared.milliseconds_so_far - shared.card_seconds * 1000) * shared.received_cny_fen',
                'shared.line_billed_cny_fen'
            ) }},
            0
        ) as paid_card_milliseconds
    from shared
),

money as (
    select
        card_time_no,
        {{ integer_sum('billed_cny_fen') }} as billed_cny_fen,
        {{ integer_sum('received_cny_fen') }} as received_cny_fen
    from {{ ref('int_collection__line_card_time') }}
    group by card_time_no
)

select
    paid.card_time_no,
    paid.center_id,
    paid.local_day,
    paid.lease_id,
    paid.model_id,
    paid.evidence_class,
    paid.is_sold,
    paid.is_allocated,
    paid.is_able_duplicate,
    paid.lit_status,
    paid.card_milliseconds,
    paid.paid_card_milliseconds,
    case when paid.line_billed_cny_fen is null then 0 else paid.card_milliseconds - paid.paid_card_milliseconds end
        as unpaid_card_milliseconds,
    case
        when paid.line_billed_cny_fen is null and not paid.is_payment_unknown then paid.card_milliseconds
        else 0
    end as unbilled_card_milliseconds,
    case when paid.line_billed_cny_fen is null and paid.is_payment_unknown then paid.card_milliseconds else 0 end
        as payment_unknown_card_milliseconds,
    coalesce(money.billed_cny_fen, 0) as billed_cny_fen,
    coalesce(money.received_cny_fen, 0) as received_cny_fen
from paid
left join money
    on paid.card_time_no = money.card_time_no
