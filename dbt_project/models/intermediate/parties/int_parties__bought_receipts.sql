-- Grain: one row per vendor, consumer, center and day on which the consumer paid the center.
-- Money a vendor paid serves the consumer's payments of the window after it, oldest first, once, whichever the center.
with recursive pairs as (
    select * from {{ ref('int_parties__center_consumers') }}
),

flows as (
    select * from {{ ref('int_parties__flows') }}
    where not is_for_goods_delivered
),

receipts as (
    select
        center_id,
        payer_party_id as consumer_party_id,
        paid_on as received_on,
        {{ integer_sum('amount_cny_fen') }} as received_cny_fen
    from flows
    where
        flow_source = 'cash_movements'
        and nature = 'receipt'
    group by center_id, payer_party_id, paid_on
),

funding as (
    select
        payer_party_id as vendor_party_id,
        payee_party_id as consumer_party_id,
        paid_on,
        {{ integer_sum('amount_cny_fen') }} as paid_cny_fen
    from flows
    where flow_source = 'party_payments'
    group by payer_party_id, payee_party_id, paid_on
),

numbered as (
    select
        pairs.vendor_party_id,
        pairs.consumer_party_id,
        receipts.center_id,
        receipts.received_on,
        receipts.received_cny_fen,
        row_number() over (
            partition by pairs.vendor_party_id, pairs.consumer_party_id
            order by receipts.received_on nulls last, receipts.center_id nulls last
        ) as receipt_no
    from pairs
    inner join receipts
        on
            pairs.center_id = receipts.center_id
            and pairs.consumer_party_id = receipts.consumer_party_id
),

events as (
    select
        numbered.vendor_party_id,
        numbered.consumer_party_id,
        numbered.center_id,
        numbered.received_on,
        numbered.received_cny_fen,
        numbered.receipt_no,
        {{ integer_sum('funding.paid_cny_fen') }} as paid_so_far_cny_fen,
        {{ integer_sum(
            'case when ' ~ add_days('funding.paid_on', policy_number('related_window_days'))
            ~ ' <= numbered.received_on then funding.paid_cny_fen else 0 end'
        ) }} as expired_cny_fen
    from numbered
    left join funding
        on
            numbered.vendor_party_id = funding.vendor_party_id
            and numbered.consumer_party_id = funding.consumer_party_id
            and funding.paid_on <= numbered.received_on
    group by
        numbered.vendor_party_id,
        numbered.consumer_party_id,
        numbered.center_id,
        numbered.received_on,
        numbered.received_cny_fen,
        numbered.receipt_no
),

-- `gone_cny_fen` is how much of the vendor's money, oldest first, is used or too old after the receipt.
walk as (
    select
        events.*,
        events.expired_cny_fen
        + least(events.received_cny_fen, events.paid_so_far_cny_fen - events.expired_cny_fen) as gone_cny_fen,
        least(events.received_cny_fen, events.paid_so_far_cny_fen - events.expired_cny_fen) as purchased_cny_fen
    from events
    where events.receipt_no = 1
    union all
    select
        events.*,
        greatest(walk.gone_cny_fen, events.expired_cny_fen) + least(
            events.received_cny_fen, events.paid_so_far_cny_fen - greatest(walk.gone_cny_fen, events.expired_cny_fen)
        ) as gone_cny_fen,
        least(
            events.received_cny_fen, events.paid_so_far_cny_fen - greatest(walk.gone_cny_fen, events.expired_cny_fen)
        ) as purchased_cny_fen
    from walk
    inner join events
        on
            walk.vendor_party_id = events.vendor_party_id
            and walk.consumer_party_id = events.consumer_party_id
            and walk.receipt_no + 1 = events.receipt_no
)

select
    center_id,
    vendor_party_id,
    consumer_party_id,
    received_on,
    received_cny_fen,
    paid_so_far_cny_fen > 0 as has_visible_payment,
    purchased_cny_fen
from walk
