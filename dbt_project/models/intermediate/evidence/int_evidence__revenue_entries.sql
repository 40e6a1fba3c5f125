-- Grain: one row per center, month and entry (an invoice line, or a deduction) of what was billed for the month.
with billed as (
    select
        center_id,
        month_start_on,
        invoice_line_id as entry,
        invoiced_net_cny_fen - credit_net_cny_fen as billed_net_cny_fen,
        collected_net_cny_fen
    from {{ ref('int_revenue__line_months') }}
),

months as (
    select
        center_id,
        month_start_on,
        billed_net_cny_fen,
        is_purchased_visible,
        least(related_above_cap_net_cny_fen, billed_net_cny_fen) as related_net_cny_fen,
        greatest(billed_net_cny_fen - related_above_cap_net_cny_fen - coalesce(purchased_net_cny_fen, 0), 0)
            as sound_net_cny_fen
    from {{ ref('int_revenue__center_months') }}
    where billed_net_cny_fen > 0
)

select
    billed.center_id,
    billed.month_start_on,
    billed.entry,
    billed.billed_net_cny_fen,
    billed.collected_net_cny_fen,
    case when months.is_purchased_visible then billed.billed_net_cny_fen else 0 end as sound_net_cny_fen_lower,
    billed.billed_net_cny_fen as sound_net_cny_fen_upper
from billed
inner join months
    on
        billed.center_id = months.center_id
        and billed.month_start_on = months.month_start_on
{% for entry, amount in [
    ('related_above_cap', '-related_net_cny_fen'),
    ('purchased', 'sound_net_cny_fen + related_net_cny_fen - billed_net_cny_fen')
] %}
    union all
    select
        center_id,
        month_start_on,
        '{{ entry }}' as entry,
        cast(0 as bigint) as billed_net_cny_fen,
        cast(0 as bigint) as collected_net_cny_fen,
        case when is_purchased_visible then {{ amount }} else 0 end as sound_net_cny_fen_lower,
        {{ amount }} as sound_net_cny_fen_upper
    from months
{% endfor %}
