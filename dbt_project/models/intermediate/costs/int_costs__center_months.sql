-- Grain: one row per center and complete month with running cost: cost and energy over the card time that was lit.
with costs as (
    select
        center_id,
        month_start_on,
        {{ integer_sum('net_lower_cny_fen') }} as opex_lower_cny_fen,
        {{ integer_sum('net_upper_cny_fen') }} as opex_upper_cny_fen,
        {{ integer_sum(
            "case when opex_category in ('energy', 'demand') then net_lower_cny_fen else 0 end"
        ) }} as power_lower_cny_fen,
        {{ integer_sum(
            "case when opex_category in ('energy', 'demand') then net_upper_cny_fen else 0 end"
        ) }} as power_upper_cny_fen,
        max(case when opex_category = 'energy' then 1 else 0 end) as has_energy,
        max(case when opex_category = 'energy' then cost_basis end) as energy_basis
    from {{ ref('int_costs__opex_months') }}
    group by center_id, month_start_on
),

energy as (
    select
        center_id,
        month_start_on,
        max(pue) as pue,
        {{ integer_sum('it_wh_lower') }} as it_wh_lower,
        {{ integer_sum('it_wh_upper') }} as it_wh_upper,
        {{ integer_sum('facility_wh_lower') }} as facility_wh_lower,
        {{ integer_sum('facility_wh_upper') }} as facility_wh_upper
    from {{ ref('int_costs__energy_months') }}
    group by center_id, month_start_on
),

lit as (
    select
        center_id,
        month_start_on,
        lit_card_seconds as lit_card_seconds_lower,
        lit_card_seconds + unknown_card_seconds as lit_card_seconds_upper,
        lit_gflops_seconds_lower,
        lit_gflops_seconds_upper,
        unweighted_card_seconds
    from {{ ref('int_utilization__center_months') }}
)

select
    costs.center_id,
    costs.month_start_on,
    costs.opex_lower_cny_fen,
    costs.opex_upper_cny_fen,
    case when costs.has_energy = 1 then costs.power_lower_cny_fen end as power_lower_cny_fen,
    case when costs.has_energy = 1 then costs.power_upper_cny_fen end as power_upper_cny_fen,
    costs.energy_basis,
    energy.pue,
    energy.it_wh_lower,
    energy.it_wh_upper,
    energy.facility_wh_lower,
    energy.facility_wh_upper,
    lit.lit_card_seconds_lower,
    lit.lit_card_seconds_upper,
    case when lit.unweighted_card_seconds = 0 then lit.lit_gflops_seconds_lower end as lit_gflops_seconds_lower,
    case when lit.unweighted_card_seconds = 0 then lit.lit_gflops_seconds_upper end as lit_gflops_seconds_upper
from costs
left join energy
    on
        costs.center_id = energy.center_id
        and costs.month_start_on = energy.month_start_on
left join lit
    on
        costs.center_id = lit.center_id
        and costs.month_start_on = lit.month_start_on
