-- Grain: one row per lease whose model was quoted on the market the day it was agreed: lowest and highest quotation.
-- Of the quotations those with the longest term that is not above the lease's count. The lowest is taken net of tax and
-- the highest with it, for a lease need not say which its price is.
with leases as (
    select * from {{ ref('int_findings__lease_prices') }}
    where card_hour_cny_fen_lower is not null
),

quotations as (
    select
        price_id,
        model_id,
        coalesce(lease_term_months, 0) as lease_term_months,
        price_cny_fen,
        tax_basis,
        valid_from_on,
        valid_to_on
    from {{ ref('stg_registers__market_prices') }}
    where price_kind = 'lease'
),

in_force as (
    select
        leases.lease_id,
        quotations.price_id,
        case
            when quotations.tax_basis = 'included'
                then quotations.price_cny_fen / (1 + {{ policy_number('vat_service_rate') }})
            else quotations.price_cny_fen
        end as net_cny_fen,
        case
            when quotations.tax_basis = 'included' then quotations.price_cny_fen
            else quotations.price_cny_fen * (1 + {{ policy_number('vat_service_rate') }})
        end as with_tax_cny_fen,
        rank() over (partition by leases.lease_id order by quotations.lease_term_months desc nulls last) as term_rank
    from leases
    inner join quotations
        on
            leases.model_id = quotations.model_id
            and quotations.valid_from_on <= leases.agreed_on
            and (quotations.valid_to_on is null or leases.agreed_on < quotations.valid_to_on)
            and {{ add_months('leases.first_day', 'quotations.lease_term_months') }}
            <= {{ add_days('leases.first_day', 'leases.term_days') }}
)

select
    lease_id,
    min(net_cny_fen) as quoted_cny_fen_lower,
    max(with_tax_cny_fen) as quoted_cny_fen_upper,
    count(*) as quotation_count,
    min(price_id) as first_price_id
from in_force
where term_rank = 1
group by lease_id
