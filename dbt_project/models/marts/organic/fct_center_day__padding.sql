-- Grain: one row per center, basis and local day around the end of its acceptance window.
with windows as (
    select * from {{ ref('int_padding__windows') }}
),

workload_days as (
    select * from {{ ref('int_padding__workload_days') }}
),

valid_days as (
    select
        center_id,
        basis,
        local_day
    from {{ ref('int_padding__cases') }}
    where bound_case = 'least'
),

center_days as (
    select * from workload_days
    where vendor_party_id = 'CENTER'
),

vendor_days as (
    select * from workload_days
    where vendor_party_id = 'ALL'
)

select
    center_days.center_id,
    center_days.basis,
    center_days.local_day,
    windows.window_end_on,
    {{ days_between('windows.window_end_on', 'center_days.local_day') }} as days_from_window_end,
    valid_days.local_day is not null as is_valid,
    center_days.able_gflops_seconds,
    center_days.lit_gflops_seconds_lower,
    center_days.lit_gflops_seconds_upper,
    coalesce(vendor_days.lit_gflops_seconds_lower, 0) as vendor_lit_gflops_seconds_lower,
    {{ ratio('center_days.lit_gflops_seconds_lower', 'center_days.able_gflops_seconds') }} as lit_rate_lower,
    {{ ratio('center_days.lit_gflops_seconds_upper', 'center_days.able_gflops_seconds') }} as lit_rate_upper,
    {{ ratio('coalesce(vendor_days.lit_gflops_seconds_lower, 0)', 'center_days.able_gflops_seconds') }}
        as vendor_lit_rate_lower
from center_days
inner join windows
    on center_days.center_id = windows.center_id
left join vendor_days
    on
        center_days.center_id = vendor_days.center_id
        and center_days.basis = vendor_days.basis
        and center_days.local_day = vendor_days.local_day
left join valid_days
    on
        center_days.center_id = valid_days.center_id
        and center_days.basis = valid_days.basis
        and center_days.local_day = valid_days.local_day
