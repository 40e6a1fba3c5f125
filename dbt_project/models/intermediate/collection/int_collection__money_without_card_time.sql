-- Grain: one row per center, month and kind of money that no card time stands behind.
with lines as (
    select * from {{ ref('int_collection__invoice_lines') }}
),

with_card_time as (
    select invoice_line_id
    from {{ ref('int_collection__line_card_time') }}
    group by invoice_line_id
),

known_leases as (
    select lease_id from {{ ref('stg_registers__leases') }}
),

receipts as (
    select
        movements.movement_id,
        movements.center_id,
        movements.booked_on,
        movements.amount_cny_fen - coalesce(counted.counted_cny_fen, 0) as unmatched_cny_fen
    from {{ ref('stg_registers__cash_movements') }} as movements
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            movements.center_id = clock.center_id
            and movements.booked_on <= clock.as_of_on
    left join (
        select
            counted.movement_id,
            {{ integer_sum('counted.counted_cny_fen') }} as counted_cny_fen
        from {{ ref('int_collection__counted_receipts') }} as counted
        inner join lines
            on
                counted.center_id = lines.center_id
                and counted.invoice_line_id = lines.invoice_line_id
        group by counted.movement_id
    ) as counted
        on movements.movement_id = counted.movement_id
    where movements.movement_kind = 'receipt'
),

-- A center that has never sent an invoice has nothing its receipts could be matched to.
amounts as (
    select
        lines.center_id,
        {{ month_start('lines.service_from') }} as month_start_on,
        case when known_leases.lease_id is null then 'line_without_lease' else 'line_without_card_time' end
            as card_status,
        lines.served_billed_cny_fen as billed_cny_fen,
        lines.served_received_cny_fen as received_cny_fen
    from lines
    left join with_card_time
        on lines.invoice_line_id = with_card_time.invoice_line_id
    left join known_leases
        on lines.lease_id = known_leases.lease_id
    where with_card_time.invoice_line_id is null
    union all
    select
        lines.center_id,
        {{ month_start('lines.issued_on') }} as month_start_on,
        'line_in_advance' as card_status,
        lines.billed_cny_fen - lines.served_billed_cny_fen as billed_cny_fen,
        lines.received_cny_fen - lines.served_received_cny_fen as received_cny_fen
    from lines
    where lines.billed_cny_fen > lines.served_billed_cny_fen
    union all
    select
        lines.center_id,
        {{ month_start('lines.service_from') }} as month_start_on,
        'receipt_without_line' as card_status,
        cast(0 as bigint) as billed_cny_fen,
        lines.overpaid_cny_fen as received_cny_fen
    from lines
    where lines.overpaid_cny_fen > 0
    union all
    select
        receipts.center_id,
        {{ month_start('receipts.booked_on') }} as month_start_on,
        'receipt_without_line' as card_status,
        cast(0 as bigint) as billed_cny_fen,
        receipts.unmatched_cny_fen as received_cny_fen
    from receipts
    where
        receipts.unmatched_cny_fen > 0
        and receipts.center_id in (select lines.center_id from lines)
)

select
    amounts.center_id,
    amounts.month_start_on,
    amounts.card_status,
    {{ integer_sum('amounts.billed_cny_fen') }} as billed_cny_fen,
    {{ integer_sum('amounts.received_cny_fen') }} as received_cny_fen
from amounts
group by amounts.center_id, amounts.month_start_on, amounts.card_status
