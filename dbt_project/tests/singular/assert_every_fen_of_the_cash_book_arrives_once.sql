-- Asserts: per center, the months hold exactly the money booked up to the local day of as-of.
-- A failing row means: a payment was counted twice, or lost.
-- Not about: money booked later than as-of, which no month may hold yet.
with booked as (
    select
        movements.center_id,
        {{ integer_sum('movements.amount_cny_fen') }} as booked_cny_fen
    from {{ ref('stg_registers__cash_movements') }} as movements
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            movements.center_id = clock.center_id
            and movements.booked_on <= clock.as_of_on
    group by movements.center_id
),

monthly as (
    select
        center_id,
        {{ integer_sum(
            'receipt_cny_fen + true_up_cny_fen + subsidy_cny_fen + vendor_contribution_cny_fen + capex_cny_fen'
            ' + opex_cny_fen + tax_cny_fen + debt_service_cny_fen'
        ) }} as monthly_cny_fen
    from {{ ref('fct_center_month__cash') }}
    group by center_id
)

select
    booked.center_id,
    booked.booked_cny_fen,
    monthly.monthly_cny_fen
from booked
left join monthly
    on booked.center_id = monthly.center_id
where monthly.monthly_cny_fen is distinct from booked.booked_cny_fen
