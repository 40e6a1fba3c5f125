-- Grain: one row per center and local day: what its cabinets, positions and power add to figures of places.
select
    center_id,
    local_day,
    cabinets,
    cabinets_able_lower,
    cabinets_able_upper,
    cabinets_powered_lower,
    cabinets_powered_upper,
    rack_units,
    rack_units_used,
    positions,
    positions_used,
    contracted_w,
    installed_w
from {{ ref('int_rates__place_days') }}
