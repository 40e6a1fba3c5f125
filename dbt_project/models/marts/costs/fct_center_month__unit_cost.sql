-- Grain: one row per center and complete month with running cost.
with months as (
    select * from {{ ref('int_costs__center_months') }}
)

select
    center_id,
    month_start_on,
    opex_lower_cny_fen,
    opex_upper_cny_fen,
    power_lower_cny_fen,
    power_upper_cny_fen,
    energy_basis,
    pue,
    it_wh_lower,
    it_wh_upper,
    facility_wh_lower,
    facility_wh_upper,
    lit_card_seconds_lower,
    lit_card_seconds_upper,
    lit_gflops_seconds_lower,
    lit_gflops_seconds_upper,
    -- fen over card-seconds, 36 times, is yuan per card-hour; over GFLOPS-seconds 36 million times, per PFLOPS-hour
    {{ ratio('power_lower_cny_fen * 36', 'lit_card_seconds_upper') }} as power_cny_per_lit_card_hour_lower,
    {{ ratio('power_upper_cny_fen * 36', 'lit_card_seconds_lower') }} as power_cny_per_lit_card_hour_upper,
    {{ ratio('cast(power_lower_cny_fen as double) * 36000000', 'lit_gflops_seconds_upper') }}
        as power_cny_per_lit_pflops_hour_lower,
    {{ ratio('cast(power_upper_cny_fen as double) * 36000000', 'lit_gflops_seconds_lower') }}
        as power_cny_per_lit_pflops_hour_upper,
    {{ ratio('opex_lower_cny_fen * 36', 'lit_card_seconds_upper') }} as opex_cny_per_lit_card_hour_lower,
    {{ ratio('opex_upper_cny_fen * 36', 'lit_card_seconds_lower') }} as opex_cny_per_lit_card_hour_upper
from months
