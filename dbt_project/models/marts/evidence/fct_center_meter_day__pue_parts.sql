-- Grain: one row per center, local day and way of measuring that the PUE of the month rests on.
with months as (
    select
        center_id,
        month_start_on,
        facility_meter_scope,
        machine_meter_scope,
        -- What the lower bound of PUE counts, see the figure: the whole center where all machine time is known.
        case
            when machine_known_seconds = machine_expected_seconds or facility_energy_wh <= machine_energy_wh
                then facility_meter_scope
            else machine_meter_scope
        end as lower_meter_scope
    from {{ ref('int_energy__center_months') }}
    where pue_upper is not null
)

select
    energy_days.center_id,
    energy_days.meter_scope,
    energy_days.local_day,
    case when energy_days.meter_scope = months.facility_meter_scope then coalesce(energy_days.energy_wh, 0) else 0 end
        as facility_energy_wh,
    case when energy_days.meter_scope = months.lower_meter_scope then coalesce(energy_days.energy_wh, 0) else 0 end
        as facility_energy_wh_lower,
    case when energy_days.meter_scope = months.machine_meter_scope then coalesce(energy_days.energy_wh, 0) else 0 end
        as machine_energy_wh
from {{ ref('int_energy__center_days') }} as energy_days
inner join months
    on
        energy_days.center_id = months.center_id
        and energy_days.month_start_on = months.month_start_on
        and energy_days.meter_scope in (months.facility_meter_scope, months.machine_meter_scope)
