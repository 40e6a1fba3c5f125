-- Grain: one row per center, local day and way of measuring energy that the center ever used.
with energy_days as (
    select * from {{ ref('int_energy__center_days') }}
)

select
    energy_days.center_id,
    energy_days.local_day,
    energy_days.month_start_on,
    energy_days.meter_scope,
    energy_days.energy_wh,
    energy_days.known_seconds,
    energy_days.expected_seconds,
    energy_days.expected_seconds - energy_days.known_seconds as unknown_seconds,
    {{ ratio('energy_days.known_seconds', 'energy_days.expected_seconds') }} as known_rate_of_expected
from energy_days
