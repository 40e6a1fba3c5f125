-- Grain: one row per scope (a center, or ALL), month, card status and money status.
-- ALL counts the time of a card that two centers claim once, and their money both times.
with cell_days as (
    select * from {{ ref('int_collection__cell_days') }}
),

card_time as (
    select
        cell_days.center_id as scope_id,
        {{ month_start('cell_days.local_day') }} as month_start_on,
        case when cell_days.is_sold then 'sold_' else 'unsold_' end || cell_days.lit_status as card_status,
        cell_days.paid_card_milliseconds,
        cell_days.unpaid_card_milliseconds,
        cell_days.unbilled_card_milliseconds,
        cell_days.payment_unknown_card_milliseconds,
        cell_days.billed_cny_fen,
        cell_days.received_cny_fen
    from cell_days
    union all
    select
        'ALL' as scope_id,
        {{ month_start('cell_days.local_day') }} as month_start_on,
        case when cell_days.is_sold then 'sold_' else 'unsold_' end || cell_days.lit_status as card_status,
        case when cell_days.is_able_duplicate then 0 else cell_days.paid_card_milliseconds end
            as paid_card_milliseconds,
        case when cell_days.is_able_duplicate then 0 else cell_days.unpaid_card_milliseconds end
            as unpaid_card_milliseconds,
        case when cell_days.is_able_duplicate then 0 else cell_days.unbilled_card_milliseconds end
            as unbilled_card_milliseconds,
        case when cell_days.is_able_duplicate then 0 else cell_days.payment_unknown_card_milliseconds end
            as payment_unknown_card_milliseconds,
        cell_days.billed_cny_fen,
        cell_days.received_cny_fen
    from cell_days
    union all
    select
        without.center_id as scope_id,
        without.month_start_on,
        without.card_status,
        cast(0 as bigint) as paid_card_milliseconds,
        cast(0 as bigint) as unpaid_card_milliseconds,
        cast(0 as bigint) as unbilled_card_milliseconds,
        cast(0 as bigint) as payment_unknown_card_milliseconds,
        without.billed_cny_fen,
        without.received_cny_fen
    from {{ ref('int_collection__money_without_card_time') }} as without
    union all
    select
        'ALL' as scope_id,
        without.month_start_on,
        without.card_status,
        cast(0 as bigint) as paid_card_milliseconds,
        cast(0 as bigint) as unpaid_card_milliseconds,
        cast(0 as bigint) as unbilled_card_milliseconds,
        cast(0 as bigint) as payment_unknown_card_milliseconds,
        without.billed_cny_fen,
        without.received_cny_fen
    from {{ ref('int_collection__money_without_card_time') }} as without
),

sums as (
    select
        scope_id,
        month_start_on,
        card_status,
        {{ integer_sum('paid_card_milliseconds') }} as paid_card_milliseconds,
        {{ integer_sum('unpaid_card_milliseconds') }} as unpaid_card_milliseconds,
        {{ integer_sum('unbilled_card_milliseconds') }} as unbilled_card_milliseconds,
        {{ integer_sum('payment_unknown_card_milliseconds') }} as payment_unknown_card_milliseconds,
        {{ integer_sum('billed_cny_fen') }} as billed_cny_fen,
        {{ integer_sum('received_cny_fen') }} as received_cny_fen
    from card_time
    group by scope_id, month_start_on, card_status
),

scope_months as (
    select
        scope_id,
        month_start_on
    from sums
    group by scope_id, month_start_on
)

select
    scope_months.scope_id,
    scope_months.month_start_on,
    cells.cell_id,
    cells.card_status,
    cells.money_status,
    cast(coalesce(case cells.money_status
        when 'paid' then sums.paid_card_milliseconds
        when 'unpaid' then sums.unpaid_card_milliseconds
        when 'unbilled' then sums.unbilled_card_milliseconds
        else sums.payment_unknown_card_milliseconds
    end, 0) as bigint) as card_milliseconds,
    cast(coalesce(case cells.money_status
        when 'paid' then sums.received_cny_fen
        when 'unpaid' then greatest(sums.billed_cny_fen - sums.received_cny_fen, 0)
    end, 0) as bigint) as amount_cny_fen
from scope_months
cross join {{ ref('reconciliation_cells') }} as cells
left join sums
    on
        scope_months.scope_id = sums.scope_id
        and scope_months.month_start_on = sums.month_start_on
        and cells.card_status = sums.card_status
