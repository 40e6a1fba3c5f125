-- Grain: one row per figure: of what a center billed in a month, what came in and what is sound.
with months as (
    select * from {{ ref('int_revenue__center_months') }}
    where billed_net_cny_fen > 0
),

metrics as (
    select
        metric_id,
        basis,
        unit,
        definition_version
    from {{ ref('metrics') }}
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
),

-- Where no payment from a vendor to a payer is visible, what is sound has an upper bound and no value.
measures as (
    select
        'collected_of_billed' as metric_id,
        center_id,
        month_start_on,
        collected_net_cny_fen as numerator_lower,
        collected_net_cny_fen as numerator_upper,
        billed_net_cny_fen as denominator,
        cast(null as varchar) as withheld_reason
    from months
    union all
    select
        'quality_adjusted_of_billed' as metric_id,
        center_id,
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
        case when not is_purchased_visible then 'purchased_not_visible' end as withheld_reason
    from months
)

select
    measures.metric_id || '/' || measures.center_id || '/month/' || cast(measures.month_start_on as string)
        as figure_id,
    measures.metric_id,
    metrics.basis,
    measures.center_id,
    'month' as period_grain,
    measures.month_start_on as period_start,
    {{ add_months('measures.month_start_on', 1) }} as period_end,
    {{ ratio('measures.numerator_lower', 'measures.denominator') }} as lower,
    {{ ratio('measures.numerator_upper', 'measures.denominator') }} as upper,
    case
        when measures.withheld_reason is null
            then {{ ratio('measures.numerator_upper', 'measures.denominator') }}
    end as observed,
    measures.withheld_reason,
    cast(null as double) as coverage,
    measures.numerator_lower,
    measures.numerator_upper,
    measures.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from measures
inner join metrics
    on measures.metric_id = metrics.metric_id
cross join build
