-- Grain: one row per lease and month of its term; the cards go out in month 0 and come back in the last.
with deals as (
    select
        lease_id,
        term_months,
        start_value_cny_fen,
        end_value_cny_fen,
        monthly_rent_cny_fen - monthly_cost_cny_fen as monthly_margin_cny_fen
    from {{ ref('int_leases__deals') }}
    where deal_reason is null
),

numbers as (
    {{ whole_numbers_below_1000() }}
)

select
    deals.lease_id as series_id,
    numbers.number as period_index,
    cast(12 as bigint) as periods_per_year,
    case
        when numbers.number = 0 then -deals.start_value_cny_fen
        when numbers.number = deals.term_months then deals.monthly_margin_cny_fen + deals.end_value_cny_fen
        else deals.monthly_margin_cny_fen
    end as flow_cny_fen
from deals
inner join numbers
    on numbers.number <= deals.term_months
