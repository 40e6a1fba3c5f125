-- Grain: one row per center and calendar month from its first movement or opening to the month of as-of.
with clock as (
    select * from {{ ref('int_payback__center_clock') }}
),

movements as (
    select * from {{ ref('stg_registers__cash_movements') }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

months as (
    select
        clock.center_id,
        {{ add_months('clock.first_month_on', 'numbers.number') }} as month_start_on,
        {{ add_months('clock.first_month_on', 'numbers.number + 1') }} as month_end_on,
        {{ month_number('clock.first_month_on') }} + numbers.number - {{ month_number('clock.month_zero_on') }}
            as month_index,
        clock.opened_on,
        clock.as_of_on
    from clock
    inner join numbers
        on
            numbers.number
            <= {{ month_number('clock.as_of_month_on') }} - {{ month_number('clock.first_month_on') }}
),

booked as (
    select
        movements.center_id,
        {{ month_start('movements.booked_on') }} as month_start_on,
        {% for kind in ['receipt', 'true_up', 'subsidy', 'vendor_contribution', 'tax', 'debt_service'] %}
        {{ integer_sum(
            "case when movements.movement_kind = '" ~ kind ~ "' then movements.amount_cny_fen else 0 end"
        ) }} as {{ kind }}_cny_fen,
        {% endfor %}
        {{ integer_sum("case when movements.movement_kind like 'capex%' then movements.amount_cny_fen else 0 end") }}
            as capex_cny_fen,
        {{ integer_sum("case when movements.movement_kind like 'opex%' then movements.amount_cny_fen else 0 end") }}
            as opex_cny_fen,
        {{ integer_sum("case when movements.movement_kind = 'opex_energy' then movements.amount_cny_fen else 0 end") }}
            as energy_cny_fen
    from movements
    inner join clock
        on
            movements.center_id = clock.center_id
            and movements.booked_on <= clock.as_of_on
    group by movements.center_id, {{ month_start('movements.booked_on') }}
)

select
    months.center_id,
    months.month_start_on,
    months.month_end_on,
    months.month_index,
    months.month_end_on <= months.as_of_on as is_complete,
    coalesce(months.opened_on <= months.month_start_on, months.opened_on is null and months.month_index >= 1)
        as is_operating,
    coalesce(booked.receipt_cny_fen, 0) as receipt_cny_fen,
    coalesce(booked.true_up_cny_fen, 0) as true_up_cny_fen,
    coalesce(booked.subsidy_cny_fen, 0) as subsidy_cny_fen,
    coalesce(booked.vendor_contribution_cny_fen, 0) as vendor_contribution_cny_fen,
    coalesce(booked.capex_cny_fen, 0) as capex_cny_fen,
    coalesce(booked.opex_cny_fen, 0) as opex_cny_fen,
    coalesce(booked.energy_cny_fen, 0) as energy_cny_fen,
    coalesce(booked.tax_cny_fen, 0) as tax_cny_fen,
    coalesce(booked.debt_service_cny_fen, 0) as debt_service_cny_fen,
    coalesce(
        booked.receipt_cny_fen + booked.true_up_cny_fen - booked.opex_cny_fen - booked.tax_cny_fen, 0
    ) as net_operating_cash_cny_fen
from months
left join booked
    on
        months.center_id = booked.center_id
        and months.month_start_on = booked.month_start_on
