-- Grain: one row per center (or ALL), month, sold or not, lit status and payment.
-- The twelve cells sold x lit x paid, and six of unknown payment.
with cell_months as (
    select
        scope_id,
        month_start_on,
        card_status like 'sold_%' as is_sold,
        replace(replace(card_status, 'unsold_', ''), 'sold_', '') as lit_status,
        case money_status
            when 'paid' then 'paid'
            when 'payment_unknown' then 'unknown'
            else 'not_paid'
        end as payment,
        card_milliseconds
    from {{ ref('int_collection__cell_months') }}
    where card_status like 'sold_%' or card_status like 'unsold_%'
),

cells as (
    select
        scope_id,
        month_start_on,
        is_sold,
        lit_status,
        payment,
        {{ integer_sum('card_milliseconds') }} as card_milliseconds
    from cell_months
    group by scope_id, month_start_on, is_sold, lit_status, payment
),

totals as (
    select
        scope_id,
        month_start_on,
        {{ integer_sum('card_milliseconds') }} as racked_card_milliseconds
    from cells
    group by scope_id, month_start_on
)

select
    cells.scope_id,
    cells.month_start_on,
    cells.is_sold,
    cells.lit_status,
    cells.payment,
    cells.card_milliseconds,
    totals.racked_card_milliseconds,
    {{ ratio('cells.card_milliseconds', 'totals.racked_card_milliseconds') }} as share_of_racked
from cells
inner join totals
    on
        cells.scope_id = totals.scope_id
        and cells.month_start_on = totals.month_start_on
