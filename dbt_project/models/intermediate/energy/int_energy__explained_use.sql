-- Grain: one row per center and month with energy of machines or of the whole center known throughout.
-- How much card time that energy can explain: all of it above rest, at full load, or at the least draw that is lit.
with terms as (
    select
        power_terms.*,
        lead(power_terms.valid_from_on) over (
            partition by power_terms.center_id
            order by power_terms.valid_from_on nulls last
        ) as next_from_on
    from {{ ref('stg_registers__power_terms') }} as power_terms
),

days as (
    select
        center_id,
        month_start_on,
        {{ integer_sum('day_seconds') }} as month_seconds
    from {{ ref('int_utilization__center_days') }}
    group by center_id, month_start_on
),

months as (
    select
        energy.center_id,
        energy.month_start_on,
        days.month_seconds,
        energy.lit_card_seconds_lower,
        energy.lit_card_seconds_upper,
        case
            when energy.machine_known_seconds = energy.machine_expected_seconds then energy.machine_meter_scope
            else energy.facility_meter_scope
        end as energy_scope,
        -- A center draws at least what its machines draw, so that its bill is an upper bound of them.
        case
            when energy.machine_known_seconds = energy.machine_expected_seconds then energy.machine_energy_wh
            when energy.facility_known_seconds = energy.facility_expected_seconds then energy.facility_energy_wh
        end as energy_wh
    from {{ ref('int_energy__center_months') }} as energy
    inner join days
        on
            energy.center_id = days.center_id
            and energy.month_start_on = days.month_start_on
),

drawn as (
    select
        months.*,
        terms.it_card_count,
        terms.it_idle_w,
        terms.it_full_w,
        months.month_seconds * terms.it_card_count as card_seconds,
        greatest(months.energy_wh - cast(terms.it_idle_w as double) * months.month_seconds / 3600, 0) as above_rest_wh
    from months
    inner join terms
        on
            months.center_id = terms.center_id
            and terms.valid_from_on <= months.month_start_on
            and (terms.next_from_on is null or terms.next_from_on > months.month_start_on)
    where months.energy_wh is not null and terms.it_full_w > terms.it_idle_w
),

explained as (
    select
        drawn.*,
        cast(
            floor(
                least(
                    drawn.above_rest_wh * 3600 * drawn.it_card_count / (drawn.it_full_w - drawn.it_idle_w),
                    drawn.card_seconds
                )
            ) as bigint
        ) as full_load_card_seconds,
        cast(
            floor(
                least(
                    drawn.above_rest_wh * 3600 * drawn.it_card_count
                    / ((drawn.it_full_w - drawn.it_idle_w) * {{ policy_number('class_c_power_ratio') }}),
                    drawn.card_seconds
                )
            ) as bigint
        ) as lit_card_seconds_at_most
    from drawn
)

select
    center_id,
    month_start_on,
    energy_scope,
    energy_wh,
    cast(round(above_rest_wh) as bigint) as energy_above_rest_wh,
    card_seconds,
    lit_card_seconds_lower,
    lit_card_seconds_upper,
    full_load_card_seconds,
    lit_card_seconds_at_most,
    case
        when lit_card_seconds_lower > lit_card_seconds_at_most then 'more_lit_than_power_explains'
        when lit_card_seconds_upper > lit_card_seconds_at_most then 'undetermined'
        else 'explained'
    end as explained_verdict
from explained
