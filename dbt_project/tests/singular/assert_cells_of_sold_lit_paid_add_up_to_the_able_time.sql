-- The joint cells of a center and day add up to its able time, and so do paid, unpaid, unbilled and unknown of each.
-- A failing row is a center and day where card time was lost or counted twice between register, readings and invoices.
with cells as (
    select
        center_id,
        local_day,
        sum(card_milliseconds) as card_milliseconds,
        sum(
            paid_card_milliseconds + unpaid_card_milliseconds
            + unbilled_card_milliseconds + payment_unknown_card_milliseconds
        ) as by_payment_milliseconds,
        sum(case when is_sold then card_milliseconds else 0 end) as sold_card_milliseconds,
        min(least(
            paid_card_milliseconds, unpaid_card_milliseconds,
            unbilled_card_milliseconds, payment_unknown_card_milliseconds
        )) as smallest_part
    from {{ ref('fct_center_day__sold_lit_paid') }}
    group by center_id, local_day
)

select
    days.center_id,
    days.local_day
from {{ ref('fct_center_day__utilization') }} as days
left join cells
    on
        days.center_id = cells.center_id
        and days.local_day = cells.local_day
where
    coalesce(cells.card_milliseconds, 0) <> days.racked_card_seconds_upper * 1000
    or coalesce(cells.by_payment_milliseconds, 0) <> days.racked_card_seconds_upper * 1000
    or coalesce(cells.sold_card_milliseconds, 0) <> days.sold_card_seconds * 1000
    or cells.smallest_part < 0
