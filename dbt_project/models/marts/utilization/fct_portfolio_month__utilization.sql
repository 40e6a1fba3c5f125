-- Grain: one row per month, all centers together.
{{ period_utilization('month', of_each_center=false) }}
