-- Grain: one row per center and scenario; when the money is back then, what is left of value, and break-even.
{{ scenario_outcomes(ref('int_stress__changes'), ref('int_stress__months')) }}
