-- Grain: one row per center, entry of the accounting break-even (a yearly cost, or what a sold share earns) and month.
-- What is one amount of twelve months or of the whole build-up is spread over its months by running totals.
with break_even as (
    select
        break_even.*,
        cast(
            round(break_even.planned_card_hours_per_year * break_even.energy_cny_fen_per_sold_card_hour) as bigint
        ) as energy_of_sold_cny_fen
    from {{ ref('int_payback__break_even') }} as break_even
    where break_even.threshold = 'accounting'
),

months as (
    select * from {{ ref('int_payback__month_cash') }}
    where is_complete
),

-- The power terms that a year of break-even is reckoned with stand in one row: its demand, its idle load, its energy.
of_terms as (
    {% for entry, cost, capacity in [
        ('demand_charge', 'demand_charge_cny_fen', '0'),
        ('idle_energy', 'idle_energy_cny_fen', '0'),
        ('energy_of_sold_time', '0', '-energy_of_sold_cny_fen')
    ] %}
        select
            center_id,
            '{{ entry }}' as entry,
            first_month_on as first_day_on,
            {{ add_days(add_months('last_month_on', 1), -1) }} as last_day_on,
            {{ cost }} as cost_cny_fen,
            {{ capacity }} as capacity_cny_fen
        from break_even
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

fixed_opex as (
    select
        months.center_id,
        'fixed_opex' as entry,
        months.month_start_on as first_day_on,
        {{ add_days('months.month_end_on', -1) }} as last_day_on,
        months.opex_cny_fen - months.energy_cny_fen as cost_cny_fen,
        0 as capacity_cny_fen
    from months
    inner join break_even
        on
            months.center_id = break_even.center_id
            and months.month_start_on >= break_even.first_month_on
            and months.month_start_on <= break_even.last_month_on
),

capex_so_far as (
    select
        months.center_id,
        months.month_start_on,
        months.month_end_on,
        break_even.capital_charge_cny_fen,
        months.capex_cny_fen,
        sum(months.capex_cny_fen) over (
            partition by months.center_id order by months.month_start_on nulls last
            rows between unbounded preceding and current row
        ) as capex_until_cny_fen,
        sum(months.capex_cny_fen) over (partition by months.center_id) as capex_of_all_cny_fen
    from months
    inner join break_even
        on months.center_id = break_even.center_id
),

depreciation as (
    select
        center_id,
        'depreciation' as entry,
        month_start_on as first_day_on,
        {{ add_days('month_end_on', -1) }} as last_day_on,
        cast(
            round(
                {{ ratio('cast(capital_charge_cny_fen as double) * capex_until_cny_fen', 'capex_of_all_cny_fen') }}
            ) as bigint
        )
        - cast(
            round(
                {{ ratio(
                    'cast(capital_charge_cny_fen as double) * (capex_until_cny_fen - capex_cny_fen)',
                    'capex_of_all_cny_fen'
                ) }}
            ) as bigint
        ) as cost_cny_fen,
        0 as capacity_cny_fen
    from capex_so_far
),

receipts_so_far as (
    select
        months.center_id,
        months.month_start_on,
        months.month_end_on,
        break_even.earning_capacity_cny_fen + break_even.energy_of_sold_cny_fen as revenue_capacity_cny_fen,
        months.receipt_cny_fen,
        sum(months.receipt_cny_fen) over (
            partition by months.center_id order by months.month_start_on nulls last
            rows between unbounded preceding and current row
        ) as receipt_until_cny_fen,
        sum(months.receipt_cny_fen) over (partition by months.center_id) as receipt_of_all_cny_fen
    from months
    inner join break_even
        on
            months.center_id = break_even.center_id
            and months.month_start_on >= break_even.first_month_on
            and months.month_start_on <= break_even.last_month_on
),

receipts as (
    select
        center_id,
        'receipts' as entry,
        month_start_on as first_day_on,
        {{ add_days('month_end_on', -1) }} as last_day_on,
        0 as cost_cny_fen,
        cast(
            round(
                {{ ratio(
                    'cast(revenue_capacity_cny_fen as double) * receipt_until_cny_fen', 'receipt_of_all_cny_fen'
                ) }}
            ) as bigint
        ) - cast(
            round(
                {{ ratio(
                    'cast(revenue_capacity_cny_fen as double) * (receipt_until_cny_fen - receipt_cny_fen)',
                    'receipt_of_all_cny_fen'
                ) }}
            ) as bigint
        ) as capacity_cny_fen
    from receipts_so_far
),

entries as (
    select * from of_terms
    union all
    select * from fixed_opex
    union all
    select * from depreciation
    union all
    select * from receipts
)

select
    center_id,
    entry,
    first_day_on,
    last_day_on,
    cast(coalesce(cost_cny_fen, 0) as bigint) as cost_cny_fen,
    cast(coalesce(capacity_cny_fen, 0) as bigint) as capacity_cny_fen
from entries
