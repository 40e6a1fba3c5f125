-- Grain: one row per center, scenario and month ahead, from the first month after the last complete one.
{{ scenario_months(ref('int_stress__changes'), ref('int_stress__exits')) }}
