-- Grain: one row per figure: of what a center billed in a month, what came in and what is sound.
with months as (
    select * from {{ ref('int_revenue__center_months') }}
    where billed_net_cny_fen > 0
),

-- Where no payment from a vendor to a payer is visible, what is sound has an upper bound and no value.
measures as (
    select
        'collected_of_billed' as metric_id,
        center_id as scope_id,
        month_start_on,
        collected_net_cny_fen as numerator_lower,
        collected_net_cny_fen as numerator_upper,
        billed_net_cny_fen as denominator,
        cast(null as varchar) as withheld_reason,
        cast(null as double) as coverage
    from months
    union all
    select
        'quality_adjusted_of_billed' as metric_id,
        center_id as scope_id,
        month_start_on,
        case
            when is_purchased_visible
                then greatest(billed_net_cny_fen - related_above_cap_net_cny_fen - purchased_net_cny_fen, 0)
            else 0
        end as numerator_lower,
        greatest(
            billed_net_cny_fen - related_above_cap_net_cny_fen - coalesce(purchased_net_cny_fen, 0), 0
        ) as numerator_upper,
        billed_net_cny_fen as denominator,
        case when not is_purchased_visible then 'purchased_not_visible' end as withheld_reason,
        cast(null as double) as coverage
    from months
)

{{ monthly_figures('measures') }}
