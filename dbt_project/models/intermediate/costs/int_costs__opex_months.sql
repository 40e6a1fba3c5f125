-- Grain: one row per center, month and category of running cost; accrued by days, net of tax, energy in two bounds.
with numbers as (
    {{ whole_numbers_below_1000() }}
),

clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
),

lines as (
    select
        opex_lines.center_id,
        opex_lines.opex_category,
        opex_lines.service_from,
        opex_lines.service_to,
        cast(
            round(
                opex_lines.amount_cny_fen
                / case
                    when opex_lines.tax_basis = 'included' then 1 + opex_lines.vat_rate_milli / cast(1000 as double)
                    else cast(1 as double)
                end
            ) as bigint
        ) as net_cny_fen
    from {{ ref('stg_registers__opex_lines') }} as opex_lines
),

line_months as (
    select
        lines.center_id,
        lines.opex_category,
        lines.net_cny_fen,
        {{ add_months(month_start('lines.service_from'), 'numbers.number') }} as month_start_on,
        {{ days_between('lines.service_from', 'lines.service_to') }} as service_days,
        {{ days_between(
            'lines.service_from',
            'greatest(lines.service_from, ' ~ add_months(month_start('lines.service_from'), 'numbers.number') ~ ')'
        ) }} as days_before,
        {{ days_between(
            'lines.service_from',
            'least(lines.service_to, ' ~ add_months(month_start('lines.service_from'), 'numbers.number + 1') ~ ')'
        ) }} as days_until
    from lines
    inner join numbers
        on {{ add_months(month_start('lines.service_from'), 'numbers.number') }} < lines.service_to
),

terms as (
    select
        power_terms.*,
        lead(power_terms.valid_from_on) over (
            partition by power_terms.center_id
            order by power_terms.valid_from_on nulls last
        ) as next_from_on
    from {{ ref('stg_registers__power_terms') }} as power_terms
),

energy as (
    select
        center_id,
        month_start_on,
        {{ integer_sum('cost_lower_cny_fen') }} as cost_lower_cny_fen,
        {{ integer_sum('cost_upper_cny_fen') }} as cost_upper_cny_fen,
        max(case when is_metered then 1 else 0 end) as is_metered
    from {{ ref('int_costs__energy_months') }}
    group by center_id, month_start_on
),

-- A demand charge is owed for every month in which power is priced, at the terms of its first day or the first after.
demand as (
    select
        energy.center_id,
        energy.month_start_on,
        max(
            cast(
                round(
                    cast(terms.contracted_demand_w as double) / 1000 * terms.demand_charge_cny_fen_per_kw_month
                ) as bigint
            )
        ) as cost_cny_fen
    from energy
    inner join terms
        on
            energy.center_id = terms.center_id
            and terms.valid_from_on < {{ add_months('energy.month_start_on', 1) }}
            and (terms.next_from_on is null or terms.next_from_on >= {{ add_months('energy.month_start_on', 1) }})
    group by energy.center_id, energy.month_start_on
),

costs as (
    select
        center_id,
        month_start_on,
        opex_category,
        'by_contract' as cost_basis,
        {{ integer_sum(
            'cast(round(cast(net_cny_fen as double) * days_until / service_days) as bigint)'
            ~ ' - cast(round(cast(net_cny_fen as double) * days_before / service_days) as bigint)'
        ) }} as net_lower_cny_fen,
        {{ integer_sum(
            'cast(round(cast(net_cny_fen as double) * days_until / service_days) as bigint)'
            ~ ' - cast(round(cast(net_cny_fen as double) * days_before / service_days) as bigint)'
        ) }} as net_upper_cny_fen
    from line_months
    group by center_id, month_start_on, opex_category
    union all
    select
        center_id,
        month_start_on,
        'energy' as opex_category,
        case when is_metered = 1 then 'metered' else 'modelled' end as cost_basis,
        cost_lower_cny_fen as net_lower_cny_fen,
        cost_upper_cny_fen as net_upper_cny_fen
    from energy
    union all
    select
        center_id,
        month_start_on,
        'demand' as opex_category,
        'by_contract' as cost_basis,
        cost_cny_fen as net_lower_cny_fen,
        cost_cny_fen as net_upper_cny_fen
    from demand
)

select
    costs.center_id,
    costs.month_start_on,
    costs.opex_category,
    costs.cost_basis,
    costs.net_lower_cny_fen,
    costs.net_upper_cny_fen
from costs
inner join clock
    on
        costs.center_id = clock.center_id
        and {{ add_months('costs.month_start_on', 1) }} <= clock.as_of_on
