-- Grain: one row per center and month with a charge or a bill.
with months as (
    select
        center_months.*,
        center_months.billed_net_cny_fen
        - center_months.related_above_cap_net_cny_fen
        - coalesce(center_months.purchased_net_cny_fen, 0) as left_net_cny_fen,
        max(case when center_months.invoiced_net_cny_fen > 0 then center_months.month_start_on end) over (
            partition by center_months.center_id
        ) as last_billed_month_on
    from {{ ref('int_revenue__center_months') }} as center_months
)

select
    center_id,
    month_start_on,
    invoiced_net_cny_fen,
    credit_net_cny_fen,
    billed_net_cny_fen,
    billed_tax_cny_fen,
    collected_cny_fen,
    collected_net_cny_fen,
    billed_net_cny_fen - collected_net_cny_fen as outstanding_net_cny_fen,
    purchased_net_cny_fen,
    related_billed_net_cny_fen,
    related_above_cap_net_cny_fen,
    greatest(left_net_cny_fen, 0) as quality_adjusted_net_cny_fen,
    case when is_purchased_visible then 'purchased_deducted' else 'purchased_not_visible' end as quality_basis,
    {{ ratio('greatest(left_net_cny_fen, 0)', 'billed_net_cny_fen') }} as quality_adjusted_rate_of_billed,
    {{ ratio('collected_net_cny_fen', 'billed_net_cny_fen') }} as collected_rate_of_billed,
    last_billed_month_on,
    coalesce(month_start_on <= last_billed_month_on, false) as is_billed
from months
