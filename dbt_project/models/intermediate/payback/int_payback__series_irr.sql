-- Grain: one row per cash series; the yearly rate at which its present value is zero, or why there is none.
{{ internal_rates(ref('int_payback__series_flows')) }}
