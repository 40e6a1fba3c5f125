-- Grain: one row per center, basis, case and valid day; its share of lit, and the side and block the day is in.
-- `least` takes the lower bound before the window's end and the upper one after it, `most` the other way round: what
-- holds in both holds whatever the time without readings was.
with windows as (
    select * from {{ ref('int_padding__windows') }}
),

center_days as (
    select * from {{ ref('int_padding__workload_days') }}
    where vendor_party_id = 'CENTER'
),

cases as (
    select named.bound_case from (values ('least'), ('most')) as named (bound_case)
),

valid_days as (
    select
        center_days.center_id,
        center_days.basis,
        center_days.local_day,
        center_days.able_gflops_seconds,
        center_days.lit_gflops_seconds_lower,
        center_days.lit_gflops_seconds_upper,
        windows.window_end_on,
        center_days.local_day < windows.window_end_on as is_before,
        {{ days_between('windows.first_day_on', 'center_days.local_day') }} as day_no
    from center_days
    inner join windows
        on center_days.center_id = windows.center_id
    where
        center_days.able_gflops_seconds > 0
        and {{ ratio(
            'center_days.able_gflops_seconds - center_days.unknown_gflops_seconds', 'center_days.able_gflops_seconds'
        ) }} >= {{ policy_number('padding_min_day_coverage') }}
),

chosen as (
    select
        valid_days.*,
        cases.bound_case,
        case
            when (cases.bound_case = 'least') = valid_days.is_before then valid_days.lit_gflops_seconds_lower
            else valid_days.lit_gflops_seconds_upper
        end as lit_gflops_seconds
    from valid_days
    cross join cases
)

select
    center_id,
    basis,
    bound_case,
    local_day,
    window_end_on,
    is_before,
    cast(floor(day_no / {{ policy_number('padding_block_days') }}) as bigint) as block_no,
    able_gflops_seconds,
    lit_gflops_seconds,
    cast(round(1000000 * {{ ratio('lit_gflops_seconds', 'able_gflops_seconds') }}) as bigint) as lit_share_ppm
from chosen
