-- Grain: one row per center; its last twelve complete months of operation, in cash and in card-seconds.
with months as (
    select
        month_cash.*,
        row_number() over (
            partition by month_cash.center_id
            order by month_cash.month_start_on desc nulls last
        ) as months_back
    from {{ ref('int_payback__month_cash') }} as month_cash
    where month_cash.is_complete
),

card_months as (
    select
        center_id,
        month_start_on,
        planned_card_count,
        planned_card_seconds,
        racked_card_seconds_lower,
        racked_card_seconds_upper,
        sold_card_seconds,
        lit_card_seconds
    from {{ ref('int_utilization__center_months') }}
),

capex as (
    select
        center_id,
        {{ integer_sum('capex_cny_fen') }} as capex_cny_fen
    from {{ ref('int_payback__month_cash') }}
    where is_complete
    group by center_id
),

last_twelve as (
    select
        months.center_id,
        min(months.month_start_on) as first_month_on,
        max(months.month_start_on) as last_month_on,
        max(months.month_end_on) as end_on,
        {{ integer_sum('case when months.is_operating then 1 else 0 end') }} as operating_month_count,
        {{ integer_sum('months.receipt_cny_fen') }} as receipt_cny_fen,
        {{ integer_sum('months.true_up_cny_fen') }} as true_up_cny_fen,
        {{ integer_sum('months.tax_cny_fen') }} as tax_cny_fen,
        {{ integer_sum('months.opex_cny_fen - months.energy_cny_fen') }} as fixed_opex_cny_fen,
        {{ integer_sum('months.energy_cny_fen') }} as energy_cny_fen,
        max(case when months.months_back = 1 then card_months.planned_card_count end) as planned_card_count,
        {{ integer_sum('card_months.planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('card_months.racked_card_seconds_lower') }} as racked_card_seconds_lower,
        {{ integer_sum('card_months.racked_card_seconds_upper') }} as racked_card_seconds_upper,
        {{ integer_sum('card_months.sold_card_seconds') }} as sold_card_seconds,
        {{ integer_sum('card_months.lit_card_seconds') }} as lit_card_seconds
    from months
    left join card_months
        on
            months.center_id = card_months.center_id
            and months.month_start_on = card_months.month_start_on
    where months.months_back <= 12
    group by months.center_id
)

select
    last_twelve.*,
    capex.capex_cny_fen
from last_twelve
inner join capex
    on last_twelve.center_id = capex.center_id
