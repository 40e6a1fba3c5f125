-- Grain: one row per lease in force or to begin that outsiders pay for.
with deals as (
    select * from {{ ref('int_leases__deals') }}
),

rates as (
    select * from {{ ref('int_leases__deal_rates') }}
),

totals as (
    select
        series_id as lease_id,
        {{ integer_sum('flow_cny_fen') }} as net_cny_fen
    from {{ ref('int_leases__deal_flows') }}
    group by series_id
),

bank as (
    select max(high) as bank_rate
    from {{ ref('benchmarks') }}
    where benchmark_id = 'bank_rate'
),

-- A quotation that binds for longer than the lease is no price the tenant could have had.
quoted as (
    select
        deals.lease_id,
        prices.price_id,
        prices.lease_term_months,
        prices.price_net_cny_fen_milli,
        row_number() over (
            partition by deals.lease_id
            order by
                case when prices.lease_term_months <= deals.term_months then 0 else 1 end asc nulls last,
                case
                    when prices.lease_term_months <= deals.term_months then -prices.lease_term_months
                    else prices.lease_term_months
                end asc nulls last
        ) as closeness
    from deals
    inner join {{ ref('int_market__prices') }} as prices
        on
            deals.model_id = prices.model_id
            and prices.price_kind = 'lease'
),

ranges as (
    select
        model_id,
        min(price_net_cny_fen_milli) as low_cny_fen_milli,
        max(price_net_cny_fen_milli) as high_cny_fen_milli
    from {{ ref('int_market__prices') }}
    where price_kind = 'lease'
    group by model_id
),

priced as (
    select
        deals.*,
        totals.net_cny_fen,
        rates.irr_rate,
        coalesce(deals.deal_reason, rates.irr_reason) as irr_reason,
        bank.bank_rate,
        {{ ratio('cast(deals.recent_billed_cny_fen as double) * 3600', 'deals.recent_sold_card_seconds') }}
            as billed_cny_fen_per_card_hour,
        quoted.price_id as market_price_id,
        quoted.lease_term_months as market_term_months,
        quoted.price_net_cny_fen_milli / cast(1000 as double) as market_cny_fen_per_card_hour,
        ranges.low_cny_fen_milli / cast(1000 as double) as market_low_cny_fen_per_card_hour,
        ranges.high_cny_fen_milli / cast(1000 as double) as market_high_cny_fen_per_card_hour,
        accelerators.display_name as model_name,
        accelerators.weight_gflops,
        accelerators.marketed_gflops
    from deals
    left join totals
        on deals.lease_id = totals.lease_id
    left join rates
        on deals.lease_id = rates.series_id
    cross join bank
    left join quoted
        on
            deals.lease_id = quoted.lease_id
            and quoted.closeness = 1
    left join ranges
        on deals.model_id = ranges.model_id
    left join {{ ref('accelerators') }} as accelerators
        on deals.model_id = accelerators.model_id
),

parties as (
    select
        party_id,
        party_name_zh,
        party_name_en
    from {{ ref('stg_registers__parties') }}
)

select
    priced.lease_id,
    priced.center_id,
    priced.tenant_party_id,
    coalesce(parties.party_name_zh, priced.tenant_party_id) as tenant_name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh, priced.tenant_party_id) as tenant_name_en,
    priced.lease_kind,
    priced.model_id,
    coalesce(priced.model_name, priced.model_id) as model_name,
    priced.card_count,
    priced.starts_on,
    priced.ends_on,
    priced.term_months,
    priced.billed_cny_fen_per_card_hour,
    priced.market_price_id,
    priced.market_term_months,
    priced.market_cny_fen_per_card_hour,
    priced.market_low_cny_fen_per_card_hour,
    priced.market_high_cny_fen_per_card_hour,
    priced.billed_cny_fen_per_card_hour / nullif(priced.market_cny_fen_per_card_hour, 0) - 1 as price_gap_rate,
    case
        when priced.model_id is null then 'several_models'
        when priced.market_cny_fen_per_card_hour is null then 'no_market_price'
        when priced.billed_cny_fen_per_card_hour is null then 'not_billed_yet'
    end as market_reason,
    priced.billed_cny_fen_per_card_hour * 8760 * 1000000 / nullif(priced.weight_gflops, 0)
        as billed_cny_fen_per_dense_pflops_year,
    priced.billed_cny_fen_per_card_hour * 8760 * 1000000 / nullif(priced.marketed_gflops, 0)
        as billed_cny_fen_per_marketed_pflops_year,
    priced.start_value_cny_fen,
    priced.end_value_cny_fen,
    priced.monthly_rent_cny_fen,
    priced.monthly_cost_cny_fen,
    {{ ratio('priced.start_value_cny_fen', 'priced.monthly_rent_cny_fen') }} as gross_payback_months,
    priced.net_cny_fen,
    priced.irr_rate,
    priced.irr_reason,
    priced.bank_rate,
    case
        when priced.irr_rate is not null then priced.irr_rate < priced.bank_rate
        when priced.irr_reason = 'no_sign_change' and priced.net_cny_fen < 0 then true
    end as is_below_bank_rate
from priced
left join parties
    on priced.tenant_party_id = parties.party_id
