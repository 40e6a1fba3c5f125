-- Grain: one row per center, price list, month of the year and hour of the day: what a kilowatt-hour costs, net of tax.
with lists as (
    select
        province_code,
        valid_from_on,
        lead(valid_from_on) over (
            partition by province_code
            order by valid_from_on nulls last
        ) as next_from_on
    from {{ ref('stg_registers__tariffs') }}
    group by province_code, valid_from_on
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

centers as (
    select
        center_id,
        province_code
    from {{ ref('stg_registers__centers') }}
),

-- Of two prices for one hour the one whose span begins later holds; a season may run over the end of the year.
priced as (
    select
        tariffs.province_code,
        tariffs.valid_from_on,
        months.number as month_of_year,
        hours.number as hour_of_day,
        tariffs.tariff_period,
        tariffs.price_cny_per_kwh_milli
        / case
            when tariffs.tax_basis = 'included' then 1 + tariffs.vat_rate_milli / cast(1000 as double)
            else cast(1 as double)
        end as price_net_cny_per_kwh_milli,
        row_number() over (
            partition by tariffs.province_code, tariffs.valid_from_on, months.number, hours.number
            order by tariffs.from_hour desc nulls last, tariffs.first_month desc nulls last
        ) as place
    from {{ ref('stg_registers__tariffs') }} as tariffs
    inner join numbers as months
        on
            months.number between 1 and 12
            and (
                months.number between tariffs.first_month and tariffs.last_month
                or (
                    tariffs.first_month > tariffs.last_month
                    and (months.number >= tariffs.first_month or months.number <= tariffs.last_month)
                )
            )
    inner join numbers as hours
        on hours.number >= tariffs.from_hour and hours.number < tariffs.to_hour
)

select
    centers.center_id,
    priced.valid_from_on,
    lists.next_from_on,
    priced.month_of_year,
    priced.hour_of_day,
    priced.tariff_period,
    priced.price_net_cny_per_kwh_milli
from centers
inner join priced
    on centers.province_code = priced.province_code
inner join lists
    on
        priced.province_code = lists.province_code
        and priced.valid_from_on = lists.valid_from_on
where priced.place = 1
