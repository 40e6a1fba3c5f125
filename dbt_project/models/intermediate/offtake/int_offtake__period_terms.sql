-- Grain: one row per commitment and period; its quantity and price, by days of the versions that held in it.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

periods as (
    select * from {{ ref('stg_registers__offtake_periods') }}
),

amendments as (
    select * from {{ ref('stg_registers__offtake_amendments') }}
),

signed as (
    select
        periods.commitment_id,
        periods.period_no,
        periods.period_start_on,
        periods.period_end_on,
        periods.committed_quantity_milli,
        periods.availability_bp,
        -- Whole years since the escalator's day that are complete on the first day of the period, compound.
        cast(
            round(
                terms.floor_price_cny_fen
                * power(
                    1 + coalesce(terms.price_escalator_bp, 0) / 10000.0,
                    greatest(
                        coalesce(
                            {{ whole_division(
                                month_number('periods.period_start_on') ~ ' - '
                                ~ month_number('terms.price_escalates_from_on')
                                ~ ' - case when extract(day from periods.period_start_on)'
                                ~ ' < extract(day from terms.price_escalates_from_on) then 1 else 0 end',
                                12
                            ) }},
                            0
                        ),
                        0
                    )
                )
            ) as bigint
        ) as floor_price_cny_fen
    from periods
    inner join terms
        on periods.commitment_id = terms.commitment_id
),

spine as (
    select
        commitment_id,
        period_no,
        {{ date_spine_days('period_start_on', add_days('period_end_on', -1)) }} as local_day
    from signed
),

days as (
    select
        commitment_id,
        period_no,
        cast(local_day as date) as local_day
    from spine
),

-- The quantity and the price of a day, each from the highest version that names it and holds that day.
in_force as (
    select
        days.commitment_id,
        days.period_no,
        days.local_day,
        coalesce(
            max_by(
                amendments.committed_quantity_milli,
                case when amendments.committed_quantity_milli is not null then amendments.version_no end
            ),
            max(signed.committed_quantity_milli)
        ) as committed_quantity_milli,
        coalesce(
            max_by(
                amendments.floor_price_cny_fen,
                case when amendments.floor_price_cny_fen is not null then amendments.version_no end
            ),
            max(signed.floor_price_cny_fen)
        ) as floor_price_cny_fen,
        max(case when amendments.commitment_id is not null then 1 else 0 end) as amended_day
    from days
    inner join signed
        on
            days.commitment_id = signed.commitment_id
            and days.period_no = signed.period_no
    left join amendments
        on
            days.commitment_id = amendments.commitment_id
            and amendments.valid_from <= days.local_day
            and (amendments.valid_to is null or days.local_day < amendments.valid_to)
    group by days.commitment_id, days.period_no, days.local_day
),

prorated as (
    select
        commitment_id,
        period_no,
        cast(
            round({{ ratio(wide_sum('committed_quantity_milli'), 'count(*)') }}) as bigint
        ) as committed_quantity_milli,
        cast(round({{ ratio(wide_sum('floor_price_cny_fen'), 'count(*)') }}) as bigint) as floor_price_cny_fen,
        {{ integer_sum('amended_day') }} as amended_day_count
    from in_force
    group by commitment_id, period_no
)

select
    signed.commitment_id,
    signed.period_no,
    signed.period_start_on,
    signed.period_end_on,
    signed.committed_quantity_milli as signed_quantity_milli,
    signed.availability_bp,
    prorated.committed_quantity_milli,
    prorated.floor_price_cny_fen,
    prorated.amended_day_count
from signed
inner join prorated
    on
        signed.commitment_id = prorated.commitment_id
        and signed.period_no = prorated.period_no
