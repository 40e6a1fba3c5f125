-- Grain: one row per center and scenario; yearly cash, what is still out and break-even with its changes.
{{ scenario_changes(ref('int_stress__scenarios'), ref('int_stress__bases')) }}
