-- Grain: one row per center and month.
{{ period_utilization('month', of_each_center=true) }}
