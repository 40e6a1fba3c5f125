-- Grain: one row per center and local day.
{{ period_utilization('day', of_each_center=true) }}
