-- Grain: one row per lease whose flows are known; the yearly rate its cards return, or why there is none.
{{ internal_rates(ref('int_leases__deal_flows')) }}
