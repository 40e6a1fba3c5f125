-- Grain: one row per receipt of the cash book that was booked by as-of, and invoice line it settles.
-- A receipt settles lines, in the order of their ids, until it is used up: what was allocated beyond it does not count.
with receipts as (
    select
        movements.movement_id,
        movements.center_id,
        movements.booked_on,
        movements.amount_cny_fen
    from {{ ref('stg_registers__cash_movements') }} as movements
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            movements.center_id = clock.center_id
            and movements.booked_on <= clock.as_of_on
    where movements.movement_kind = 'receipt'
),

allocations as (
    select
        allocations.movement_id,
        allocations.invoice_line_id,
        receipts.center_id,
        receipts.booked_on,
        receipts.amount_cny_fen as receipt_cny_fen,
        allocations.allocated_cny_fen,
        cast(sum(allocations.allocated_cny_fen) over (
            partition by allocations.movement_id
            order by allocations.invoice_line_id nulls last
            rows between unbounded preceding and current row
        ) as bigint) as allocated_so_far_cny_fen
    from {{ ref('stg_registers__receipt_allocations') }} as allocations
    inner join receipts
        on
            allocations.movement_id = receipts.movement_id
            and allocations.center_id = receipts.center_id
)

select
    allocations.movement_id,
    allocations.invoice_line_id,
    allocations.center_id,
    allocations.booked_on,
    least(
        allocations.allocated_cny_fen,
        greatest(
            allocations.receipt_cny_fen
            - (allocations.allocated_so_far_cny_fen - allocations.allocated_cny_fen),
            0
        )
    ) as counted_cny_fen
from allocations
