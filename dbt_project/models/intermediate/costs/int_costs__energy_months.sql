-- Grain: one row per center, month and tariff period: energy of the whole center and its cost net of tax, two bounds.
-- What a meter of the machines tells replaces the model of their draw, and a measured PUE the agreed one.
with terms as (
    select
        power_terms.*,
        lead(power_terms.valid_from_on) over (
            partition by power_terms.center_id
            order by power_terms.valid_from_on nulls last
        ) as next_from_on
    from {{ ref('stg_registers__power_terms') }} as power_terms
),

hours as (
    select
        day_hours.center_id,
        day_hours.month_start_on,
        prices.tariff_period,
        prices.price_net_cny_per_kwh_milli,
        terms.pue_milli,
    {% for bound in ['lower', 'upper'] %}
        day_hours.day_seconds / cast(86400 as double) * terms.it_idle_w
        + (terms.it_full_w - terms.it_idle_w)
        * least(day_hours.lit_card_seconds_{{ bound }} / (terms.it_card_count * cast(3600 as double)), 1)
            as it_wh_{{ bound }}{{ ',' if not loop.last }}
    {% endfor %}
    from {{ ref('int_costs__day_hours') }} as day_hours
    inner join terms
        on
            day_hours.center_id = terms.center_id
            and day_hours.local_day >= terms.valid_from_on
            and (terms.next_from_on is null or day_hours.local_day < terms.next_from_on)
    inner join {{ ref('int_costs__hour_prices') }} as prices
        on
            day_hours.center_id = prices.center_id
            and day_hours.hour_of_day = prices.hour_of_day
            and extract(month from day_hours.local_day) = prices.month_of_year
            and day_hours.local_day >= prices.valid_from_on
            and (prices.next_from_on is null or day_hours.local_day < prices.next_from_on)
),

periods as (
    select
        center_id,
        month_start_on,
        tariff_period,
        max(pue_milli) as pue_milli,
        sum(it_wh_lower) as it_wh_lower,
        sum(it_wh_upper) as it_wh_upper,
        sum(it_wh_lower * price_net_cny_per_kwh_milli) as it_wh_price_lower,
        sum(it_wh_upper * price_net_cny_per_kwh_milli) as it_wh_price_upper
    from hours
    group by center_id, month_start_on, tariff_period
),

months as (
    select
        center_id,
        month_start_on,
        sum(it_wh_lower) as it_wh_lower,
        sum(it_wh_upper) as it_wh_upper
    from periods
    group by center_id, month_start_on
),

metered as (
    select
        center_id,
        month_start_on,
        case when machine_known_rate_of_expected >= {{ policy_number('coverage_solid') }} then machine_energy_wh end
            as machine_energy_wh,
        pue
    from {{ ref('int_energy__center_months') }}
),

scaled as (
    select
        periods.*,
        metered.machine_energy_wh is not null as is_metered,
        metered.pue is not null as is_pue_measured,
        coalesce(metered.pue, periods.pue_milli / cast(1000 as double)) as pue,
        coalesce({{ ratio('metered.machine_energy_wh', 'months.it_wh_lower') }}, 1) as scale_lower,
        coalesce({{ ratio('metered.machine_energy_wh', 'months.it_wh_upper') }}, 1) as scale_upper
    from periods
    inner join months
        on
            periods.center_id = months.center_id
            and periods.month_start_on = months.month_start_on
    left join metered
        on
            periods.center_id = metered.center_id
            and periods.month_start_on = metered.month_start_on
)

select
    center_id,
    month_start_on,
    tariff_period,
    is_metered,
    is_pue_measured,
    pue,
    cast(round(it_wh_lower * scale_lower) as bigint) as it_wh_lower,
    cast(round(it_wh_upper * scale_upper) as bigint) as it_wh_upper,
    cast(round(it_wh_lower * scale_lower * pue) as bigint) as facility_wh_lower,
    cast(round(it_wh_upper * scale_upper * pue) as bigint) as facility_wh_upper,
    -- watt-hours times thousandths of a yuan a kilowatt-hour, ten thousand to the fen
    cast(round(least(it_wh_price_lower * scale_lower, it_wh_price_upper * scale_upper) * pue / 10000) as bigint)
        as cost_lower_cny_fen,
    cast(round(greatest(it_wh_price_lower * scale_lower, it_wh_price_upper * scale_upper) * pue / 10000) as bigint)
        as cost_upper_cny_fen
from scaled
