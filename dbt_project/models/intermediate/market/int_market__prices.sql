-- Grain: one row per model, kind of price and term; the lowest quotation in force on the day of as-of.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

rates as (
    select
        {{ policy_number('vat_service_rate') }} as vat_service_rate,
        {{ policy_number('vat_goods_rate') }} as vat_goods_rate
),

-- A quotation belongs to no center, so its days are those of the country it is made in.
in_force as (
    select
        prices.*,
        case when prices.price_kind = 'lease' then rates.vat_service_rate else rates.vat_goods_rate end as vat_rate
    from {{ ref('stg_registers__market_prices') }} as prices
    cross join build
    cross join rates
    where
        prices.valid_from_on <= {{ local_date('build.as_of_epoch_seconds', "'Asia/Shanghai'") }}
        and coalesce(prices.valid_to_on > {{ local_date('build.as_of_epoch_seconds', "'Asia/Shanghai'") }}, true)
),

taxed as (
    select
        in_force.price_id,
        in_force.model_id,
        in_force.price_kind,
        coalesce(in_force.lease_term_months, 0) as lease_term_months,
        in_force.quoted_by,
        in_force.valid_from_on,
        cast(
            round(
                in_force.price_cny_fen * 1000
                / (case when in_force.tax_basis = 'included' then 1 + in_force.vat_rate else 1 end)
            ) as bigint
        ) as price_net_cny_fen_milli,
        cast(
            round(
                in_force.price_cny_fen
                * (case when in_force.tax_basis = 'included' then 1 else 1 + in_force.vat_rate end)
            ) as bigint
        ) as price_with_tax_cny_fen
    from in_force
)

select
    price_id,
    model_id,
    price_kind,
    lease_term_months,
    quoted_by,
    valid_from_on,
    price_net_cny_fen_milli,
    price_with_tax_cny_fen
from taxed
qualify
    row_number() over (
        partition by model_id, price_kind, lease_term_months
        order by price_net_cny_fen_milli asc nulls last, price_id asc nulls last
    ) = 1
