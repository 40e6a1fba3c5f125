-- Grain: one row per center (or ALL), month and named cell of the reconciliation matrix.
with cell_months as (
    select * from {{ ref('int_collection__cell_months') }}
),

totals as (
    select
        scope_id,
        month_start_on,
        {{ integer_sum('card_milliseconds') }} as racked_card_milliseconds,
        {{ integer_sum('amount_cny_fen') }} as total_cny_fen
    from cell_months
    group by scope_id, month_start_on
)

select
    cell_months.scope_id,
    cell_months.month_start_on,
    cell_months.cell_id,
    cells.card_order,
    cells.money_order,
    cell_months.card_status,
    cell_months.money_status,
    cells.name_zh,
    cells.name_en,
    cell_months.card_milliseconds,
    cell_months.amount_cny_fen,
    totals.racked_card_milliseconds,
    totals.total_cny_fen,
    {{ ratio('cell_months.card_milliseconds', 'totals.racked_card_milliseconds') }} as share_of_racked
from cell_months
inner join {{ ref('reconciliation_cells') }} as cells
    on cell_months.cell_id = cells.cell_id
inner join totals
    on
        cell_months.scope_id = totals.scope_id
        and cell_months.month_start_on = totals.month_start_on
