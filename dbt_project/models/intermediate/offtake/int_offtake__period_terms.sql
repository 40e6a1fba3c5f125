-- Grain: one row per commitment and period; its terms, by days of the versions that held in it.
-- Quantity and price are weighted by days; a cap, a floor or a clock is that of the version in force on the last day.
{%- set terms_of_last_day = [
    'related_cap_bp', 'credit_cap_bp', 'credit_expiry_periods', 'availability_floor_bp', 'due_days', 'cure_days',
    'late_interest_bp'
] %}

with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

-- A document that ends the commitment within a period ends the period.
periods as (
    select
        periods.*,
        case
            when terms.ended_on > periods.period_start_on
                then least(terms.ended_on, periods.period_end_on)
            else periods.period_end_on
        end as lived_end_on
    from {{ ref('stg_registers__offtake_periods') }} as periods
    inner join terms
        on periods.commitment_id = terms.commitment_id
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
        periods.lived_end_on,
        periods.committed_quantity_milli,
        periods.availability_bp,
        terms.unit,
        terms.center_id,
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
        spine.commitment_id,
        spine.period_no,
        cast(spine.local_day as date) as local_day,
        signed.unit,
        signed.center_id,
        cast(spine.local_day as date) < signed.lived_end_on as is_lived
    from spine
    inner join signed
        on
            spine.commitment_id = signed.commitment_id
            and spine.period_no = signed.period_no
),

plan_lines as (
    select
        center_id,
        planned_card_count,
        due_on,
        withdrawn_on
    from {{ ref('stg_registers__capacity_plans') }}
    where plan_basis = {{ policy_text('plan_basis') }}
),

-- What a share of capacity is a share of: the cards planned for the day, for 24 hours.
capacities as (
    select
        days.commitment_id,
        days.period_no,
        days.local_day,
        {{ integer_sum('plan_lines.planned_card_count') }} * 24 as capacity_card_hours
    from days
    left join plan_lines
        on
            days.center_id = plan_lines.center_id
            and plan_lines.due_on <= days.local_day
            and (plan_lines.withdrawn_on is null or days.local_day < plan_lines.withdrawn_on)
    where days.unit = 'pct_of_capacity'
    group by days.commitment_id, days.period_no, days.local_day
),

-- The quantity and the price of a day, each from the highest version that names it and holds that day.
in_force as (
    select
        days.commitment_id,
        days.period_no,
        days.local_day,
        max(days.unit) as unit,
        min(case when days.is_lived then 1 else 0 end) as lived_day,
        max(capacities.capacity_card_hours) as capacity_card_hours,
        max(signed.committed_quantity_milli) as signed_quantity_milli,
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
    left join capacities
        on
            days.commitment_id = capacities.commitment_id
            and days.period_no = capacities.period_no
            and days.local_day = capacities.local_day
    group by days.commitment_id, days.period_no, days.local_day
),

prorated as (
    select
        commitment_id,
        period_no,
        -- A quantity is that of a whole period, so each day is worth its part; a percentage is one of each day.
        case
            when max(unit) = 'pct_of_capacity'
                then cast(
                    round(
                        {{ wide_sum('committed_quantity_milli * capacity_card_hours * lived_day') }} / 100.0
                    ) as bigint
                )
            else cast(
                round({{ ratio(wide_sum('committed_quantity_milli * lived_day'), 'count(*)') }}) as bigint
            )
        end as committed_quantity_milli,
        case
            when max(unit) = 'pct_of_capacity'
                then cast(round({{ wide_sum('signed_quantity_milli * capacity_card_hours') }} / 100.0) as bigint)
            else max(signed_quantity_milli)
        end as signed_quantity_milli,
        cast(
            round({{ ratio(wide_sum('floor_price_cny_fen * lived_day'), wide_sum('lived_day')) }}) as bigint
        ) as floor_price_cny_fen,
        {{ integer_sum('amended_day * lived_day') }} as amended_day_count,
        {{ integer_sum('lived_day') }} as lived_day_count
    from in_force
    group by commitment_id, period_no
),

last_day as (
    select
        signed.commitment_id,
        signed.period_no,
    {% for field in terms_of_last_day -%}
        coalesce(
            max_by(
                amendments.{{ field }},
                case when amendments.{{ field }} is not null then amendments.version_no end
            ),
            max(terms.{{ field }})
        ) as {{ field }}{{ ',' if not loop.last }}
    {% endfor %}
    from signed
    inner join terms
        on signed.commitment_id = terms.commitment_id
    left join amendments
        on
            signed.commitment_id = amendments.commitment_id
            and amendments.valid_from < signed.lived_end_on
            and (amendments.valid_to is null or signed.lived_end_on <= amendments.valid_to)
    group by signed.commitment_id, signed.period_no
)

select
    signed.commitment_id,
    signed.period_no,
    signed.period_start_on,
    signed.lived_end_on as period_end_on,
    prorated.signed_quantity_milli,
    signed.availability_bp,
    prorated.committed_quantity_milli,
    prorated.floor_price_cny_fen,
    prorated.amended_day_count,
    prorated.lived_day_count,
{% for field in terms_of_last_day -%}
    last_day.{{ field }}{{ ',' if not loop.last }}
{% endfor %}
from signed
inner join prorated
    on
        signed.commitment_id = prorated.commitment_id
        and signed.period_no = prorated.period_no
inner join last_day
    on
        signed.commitment_id = last_day.commitment_id
        and signed.period_no = last_day.period_no
