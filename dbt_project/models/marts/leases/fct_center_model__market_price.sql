-- Grain: one row per center and accelerator model let to outsiders: what its card-hours were billed at, and the market.
-- Each lease is held against the quotation nearest to its term, weighted by the hours it sold; so a gap is not a gap
-- of terms.
with leases as (
    select
        lease_id,
        center_id,
        term_months
    from {{ ref('int_leases__deals') }}
),

ranked as (
    select
        months.center_id,
        months.lease_id,
        months.model_id,
        leases.term_months,
        months.billed_net_cny_fen,
        months.sold_card_seconds,
        dense_rank() over (
            partition by months.lease_id
            order by months.month_start_on desc nulls last
        ) as months_back
    from {{ ref('int_leases__model_months') }} as months
    inner join leases
        on
            months.lease_id = leases.lease_id
            and months.center_id = leases.center_id
),

sold as (
    select
        center_id,
        lease_id,
        model_id,
        max(term_months) as term_months,
        {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen,
        {{ integer_sum('sold_card_seconds') }} as sold_card_seconds
    from ranked
    where months_back <= 3
    group by center_id, lease_id, model_id
),

quotations as (
    select
        model_id,
        lease_term_months,
        price_net_cny_fen_milli
    from {{ ref('int_market__prices') }}
    where price_kind = 'lease'
),

-- A quotation that binds for longer than the lease is no price the tenant could have had.
quoted as (
    select
        sold.*,
        quotations.price_net_cny_fen_milli,
        row_number() over (
            partition by sold.lease_id, sold.model_id
            order by
                case when quotations.lease_term_months <= sold.term_months then 0 else 1 end asc nulls last,
                case
                    when quotations.lease_term_months <= sold.term_months then -quotations.lease_term_months
                    else quotations.lease_term_months
                end asc nulls last
        ) as closeness
    from sold
    left join quotations
        on sold.model_id = quotations.model_id
),

ranges as (
    select
        model_id,
        cast(count(*) as bigint) as quotation_count,
        min(price_net_cny_fen_milli) as low_cny_fen_milli,
        max(price_net_cny_fen_milli) as high_cny_fen_milli
    from quotations
    group by model_id
),

summed as (
    select
        center_id,
        model_id,
        cast(count(*) as bigint) as lease_count,
        {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen,
        {{ integer_sum('sold_card_seconds') }} as sold_card_seconds,
        cast(
            round(sum(sold_card_seconds * cast(price_net_cny_fen_milli as double)) / 3600000) as bigint
        ) as at_market_net_cny_fen,
        {{ integer_sum(
            'case when billed_net_cny_fen * 3600000 < sold_card_seconds * cast(price_net_cny_fen_milli as double)'
            ~ ' then 1 else 0 end'
        ) }} as below_market_lease_count
    from quoted
    where closeness = 1
    group by center_id, model_id
)

select
    summed.center_id,
    summed.model_id,
    coalesce(accelerators.display_name, summed.model_id) as model_name,
    summed.lease_count,
    summed.below_market_lease_count,
    summed.billed_net_cny_fen,
    summed.sold_card_seconds,
    summed.at_market_net_cny_fen,
    {{ ratio('cast(summed.billed_net_cny_fen as double) * 3600', 'summed.sold_card_seconds') }}
        as billed_cny_fen_per_card_hour,
    {{ ratio('cast(summed.at_market_net_cny_fen as double) * 3600', 'summed.sold_card_seconds') }}
        as market_cny_fen_per_card_hour,
    coalesce(ranges.quotation_count, 0) as quotation_count,
    ranges.low_cny_fen_milli / cast(1000 as double) as market_low_cny_fen_per_card_hour,
    ranges.high_cny_fen_milli / cast(1000 as double) as market_high_cny_fen_per_card_hour,
    {{ ratio('summed.billed_net_cny_fen - summed.at_market_net_cny_fen', 'summed.at_market_net_cny_fen') }}
        as price_gap_rate,
    case
        when summed.at_market_net_cny_fen is null then 'no_market_price'
        when summed.billed_net_cny_fen = 0 then 'not_billed_yet'
    end as market_reason
from summed
left join ranges
    on summed.model_id = ranges.model_id
left join {{ ref('accelerators') }} as accelerators
    on summed.model_id = accelerators.model_id
