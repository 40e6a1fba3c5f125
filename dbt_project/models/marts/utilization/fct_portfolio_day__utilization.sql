-- Grain: one row per local day, all centers together.
{{ period_utilization('day', of_each_center=false) }}
