-- Grain: one row per lease, terms and complete calendar month in which they hold: what the contract charges for it.
with clock as (
    select
        center_id,
        as_of_on
    from {{ ref('int_payback__center_clock') }}
),

numbers as (
    {{ whole_numbers_below_1000() }}
),

months as (
    select
        spans.*,
        {{ add_months(month_start('spans.span_from_on'), 'numbers.number') }} as month_start_on,
        {{ add_months(month_start('spans.span_from_on'), 'numbers.number + 1') }} as month_end_on
    from {{ ref('int_revenue__term_spans') }} as spans
    inner join clock
        on spans.center_id = clock.center_id
    inner join numbers
        on
            {{ add_months(month_start('spans.span_from_on'), 'numbers.number') }} < spans.span_to_on
            and {{ add_months(month_start('spans.span_from_on'), 'numbers.number + 1') }} <= clock.as_of_on
),

metered as (
    select
        lease_id,
        center_id,
        used_on,
        unit,
        quantity_milli
    from {{ ref('stg_registers__metered_usage') }}
    where lease_id is not null
),

meters as (
    select
        lease_id,
        center_id,
        {{ integer_sum("case when unit = 'card_hour' then 1 else 0 end") }} as card_hour_row_count,
        {{ integer_sum("case when unit like '%token%' then 1 else 0 end") }} as token_row_count
    from metered
    group by lease_id, center_id
),

used as (
    select
        months.lease_id,
        months.valid_from_on,
        months.month_start_on,
    {% for unit in ['card_hour', 'input_token_million', 'cached_input_token_million', 'output_token_million'] %}
        {{ integer_sum("case when metered.unit = '" ~ unit ~ "' then metered.quantity_milli else 0 end") }}
            as {{ unit }}_milli{{ ',' if not loop.last }}
    {% endfor %}
    from months
    inner join metered
        on
            months.lease_id = metered.lease_id
            and months.center_id = metered.center_id
            and metered.used_on >= greatest(months.span_from_on, months.month_start_on)
            and metered.used_on < least(months.span_to_on, months.month_end_on)
    group by months.lease_id, months.valid_from_on, months.month_start_on
),

measured as (
    select
        months.*,
        {{ days_between(
            'greatest(months.span_from_on, months.month_start_on)', 'least(months.span_to_on, months.month_end_on)'
        ) }} as in_force_days,
        {{ days_between('months.month_start_on', 'months.month_end_on') }} as month_days,
        coalesce(used.card_hour_milli, 0) as card_hour_milli,
        coalesce(used.input_token_million_milli, 0) as input_token_million_milli,
        coalesce(used.cached_input_token_million_milli, 0) as cached_input_token_million_milli,
        coalesce(used.output_token_million_milli, 0) as output_token_million_milli,
        case
            when
                (months.billing_mode in ('card_hour', 'reserved') and coalesce(meters.card_hour_row_count, 0) = 0)
                or (months.billing_mode = 'token' and coalesce(meters.token_row_count, 0) = 0)
                then 'not_metered'
            when
                (months.billing_mode <> 'token' and months.unit_price_cny_fen is null)
                or (
                    months.billing_mode = 'token'
                    and (
                        months.input_price_cny_fen is null
                        or months.cached_input_price_cny_fen is null
                        or months.output_price_cny_fen is null
                    )
                )
                or (months.billing_mode = 'whole_machine' and months.machine_count is null)
                or (months.billing_mode = 'reserved' and months.minimum_quantity_milli is null)
                then 'price_not_stated'
        end as withheld_reason
    from months
    left join used
        on
            months.lease_id = used.lease_id
            and months.valid_from_on = used.valid_from_on
            and months.month_start_on = used.month_start_on
    left join meters
        on
            months.lease_id = meters.lease_id
            and months.center_id = meters.center_id
),

-- A part of a month owes its part of the minimum. The month's own minimum is used before what was carried over.
reserved as (
    select
        measured.*,
        case
            when measured.billing_mode = 'reserved'
                then
                    cast(
                        round(
                            cast(measured.minimum_quantity_milli as double)
                            * measured.in_force_days
                            / measured.month_days
                        ) as bigint
                    )
        end as minimum_milli
    from measured
),

unused as (
    select
        reserved.*,
        case
            when reserved.billing_mode = 'reserved' and reserved.withheld_reason is null
                then
                    least(
                        greatest(reserved.minimum_milli - reserved.card_hour_milli, 0),
                        cast(
                            floor(cast(reserved.minimum_milli as double) * reserved.rollover_share_milli / 1000)
                            as bigint
                        )
                    )
            else 0
        end as carried_to_next_milli
    from reserved
),

carried as (
    select
        unused.*,
        coalesce(
            case
                when
                    lag(unused.month_end_on) over by_lease >= unused.month_start_on
                    then lag(unused.carried_to_next_milli) over by_lease
            end,
            0
        ) as carried_from_before_milli
    from unused
    window by_lease as (
        partition by unused.lease_id
        order by unused.month_start_on asc nulls last, unused.valid_from_on asc nulls last
    )
),

charged as (
    select
        carried.*,
        case
            when carried.billing_mode = 'reserved'
                then
                    greatest(carried.card_hour_milli - carried.minimum_milli - carried.carried_from_before_milli, 0)
        end as overage_milli
    from carried
),

priced as (
    select
        charged.*,
        case
            when charged.withheld_reason is not null then null
            when charged.billing_mode = 'whole_machine'
                then
                    cast(
                        round(
                            cast(charged.machine_count * charged.unit_price_cny_fen as double)
                            * charged.in_force_days
                            / charged.month_days
                        ) as bigint
                    )
            when charged.billing_mode = 'card_hour'
                then cast(round(cast(charged.card_hour_milli as double) * charged.unit_price_cny_fen / 1000) as bigint)
            when charged.billing_mode = 'token'
                then
                    cast(
                        round(
                            (
                                cast(charged.input_token_million_milli as double) * charged.input_price_cny_fen
                                + cast(charged.cached_input_token_million_milli as double)
                                * charged.cached_input_price_cny_fen
                                + cast(charged.output_token_million_milli as double) * charged.output_price_cny_fen
                            ) / 1000
                        ) as bigint
                    )
            when charged.billing_mode = 'reserved'
                then
                    cast(
                        round(
                            (
                                cast(charged.minimum_milli as double) * charged.unit_price_cny_fen
                                + cast(charged.overage_milli as double) * charged.overage_price_cny_fen
                            ) / 1000
                        ) as bigint
                    )
        end as charge_cny_fen
    from charged
),

taxed as (
    select
        priced.*,
        case
            when priced.tax_basis = 'included'
                then
                    cast(
                        round(priced.charge_cny_fen / (1 + priced.vat_rate_milli / cast(1000 as double))) as bigint
                    )
            else priced.charge_cny_fen
        end as contract_net_cny_fen,
        case
            when priced.tax_basis = 'included' then priced.charge_cny_fen
            else
                priced.charge_cny_fen
                + cast(round(priced.charge_cny_fen * (priced.vat_rate_milli / cast(1000 as double))) as bigint)
        end as contract_gross_cny_fen
    from priced
)

select
    lease_id,
    valid_from_on,
    month_start_on,
    center_id,
    billing_mode,
    recognition,
    in_force_days,
    month_days,
    card_hour_milli,
    input_token_million_milli,
    cached_input_token_million_milli,
    output_token_million_milli,
    minimum_milli,
    carried_from_before_milli,
    carried_to_next_milli,
    overage_milli,
    pass_through_share_milli,
    vat_rate_milli,
    contract_net_cny_fen,
    contract_gross_cny_fen - contract_net_cny_fen as contract_tax_cny_fen,
    withheld_reason
from taxed
