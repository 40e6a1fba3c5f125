-- Asserts: opening and movements make the closing, in money and in card-seconds, and closing is the next opening.
-- A failing row means: a lease moved without a name for it, or a month was left out.
with months as (
    select
        movements.*,
        lead(movements.opening_billed_cny_fen) over center_months as next_opening_billed_cny_fen,
        lead(movements.opening_sold_card_seconds) over center_months as next_opening_sold_card_seconds
    from {{ ref('fct_center_month__lease_movement') }} as movements
    window center_months as (partition by movements.center_id order by movements.month_start_on nulls last)
)

select
    center_id,
    month_start_on
from months
where
    opening_billed_cny_fen
    + new_billed_cny_fen
    + renewed_billed_cny_fen
    + expanded_billed_cny_fen
    + reduced_billed_cny_fen
    + cancelled_billed_cny_fen
    + expired_billed_cny_fen
    <> closing_billed_cny_fen
    or opening_sold_card_seconds
    + new_sold_card_seconds
    + renewed_sold_card_seconds
    + expanded_sold_card_seconds
    + reduced_sold_card_seconds
    + cancelled_sold_card_seconds
    + expired_sold_card_seconds
    <> closing_sold_card_seconds
    or next_opening_billed_cny_fen <> closing_billed_cny_fen
    or next_opening_sold_card_seconds <> closing_sold_card_seconds
