-- Grain: one row per center and month in which its cash book has receipts.
with cash as (
    select
        center_id,
        {{ month_start('booked_on') }} as month_start_on,
        {{ integer_sum('amount_cny_fen') }} as revenue_cny_fen
    from {{ ref('stg_registers__cash_movements') }}
    where movement_kind = 'receipt'
    group by center_id, {{ month_start('booked_on') }}
),

-- What two vendors paid one consumer for is bought once.
receipt_days as (
    select
        center_id,
        consumer_party_id,
        received_on,
        max(received_cny_fen) as received_cny_fen,
        max(case when has_visible_payment then 1 else 0 end) = 1 as is_visible,
        least(max(received_cny_fen), {{ integer_sum('purchased_cny_fen') }}) as purchased_cny_fen
    from {{ ref('int_parties__bought_receipts') }}
    group by center_id, consumer_party_id, received_on
),

months as (
    select
        center_id,
        {{ month_start('received_on') }} as month_start_on,
        {{ integer_sum('case when is_visible then received_cny_fen else 0 end') }} as visible_revenue_cny_fen,
        {{ integer_sum('purchased_cny_fen') }} as purchased_cny_fen
    from receipt_days
    group by center_id, {{ month_start('received_on') }}
),

joined as (
    select
        cash.center_id,
        cash.month_start_on,
        cash.revenue_cny_fen,
        coalesce(months.visible_revenue_cny_fen, 0) as visible_revenue_cny_fen,
        case when months.visible_revenue_cny_fen > 0 then months.purchased_cny_fen end as purchased_cny_fen
    from cash
    left join months
        on
            cash.center_id = months.center_id
            and cash.month_start_on = months.month_start_on
)

select
    center_id,
    month_start_on,
    revenue_cny_fen,
    visible_revenue_cny_fen,
    revenue_cny_fen - visible_revenue_cny_fen as not_visible_revenue_cny_fen,
    purchased_cny_fen,
    visible_revenue_cny_fen - purchased_cny_fen as visible_clean_cny_fen,
    revenue_cny_fen - purchased_cny_fen as quality_adjusted_cny_fen,
    {{ ratio('purchased_cny_fen', 'revenue_cny_fen') }} as purchased_share_of_revenue,
    case when purchased_cny_fen is null then 'no_payment_visible' end as withheld_reason
from joined
