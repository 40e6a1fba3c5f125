-- Grain: one row per center and basis: the fall of workloads whose contract ended then, as was on record early.
with windows as (
    select * from {{ ref('int_padding__windows') }}
),

centers as (
    select
        center_id,
        coalesce(time_zone, 'UTC') as time_zone
    from {{ ref('stg_registers__centers') }}
),

leases as (
    select
        leases.lease_id,
        leases.center_id,
        {{ local_date(
            'least(leases.ends_epoch_seconds, coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds))',
            'centers.time_zone'
        ) }} as end_on,
        {{ local_date(epoch_seconds('leases.recorded_at'), 'centers.time_zone') }} as recorded_on
    from {{ ref('stg_registers__leases') }} as leases
    inner join centers
        on leases.center_id = centers.center_id
),

disclosed as (
    select
        leases.lease_id,
        leases.center_id
    from leases
    inner join windows
        on leases.center_id = windows.center_id
    where
        abs({{ days_between('windows.window_end_on', 'leases.end_on') }})
        <= {{ policy_number('padding_break_days') }}
        and {{ days_between('leases.recorded_on', 'leases.end_on') }} >= {{ policy_number('padding_disclosed_days') }}
),

valid_days as (
    select
        center_id,
        basis,
        local_day,
        is_before,
        able_gflops_seconds
    from {{ ref('int_padding__cases') }}
    where bound_case = 'least'
),

lit_of_leases as (
    select
        use_days.center_id,
        use_days.local_day,
        {{ wide_sum("case when use_days.business_class = 'business' then use_days.lit_gflops_seconds else 0 end") }}
            as business_lit,
        {{ wide_sum('use_days.lit_gflops_seconds') }} as technical_lit
    from {{ ref('int_organic__use_days') }} as use_days
    inner join disclosed
        on
            use_days.center_id = disclosed.center_id
            and use_days.lease_id = disclosed.lease_id
    group by use_days.center_id, use_days.local_day
),

sums as (
    select
        valid_days.center_id,
        valid_days.basis,
        {{ wide_sum('case when valid_days.is_before then valid_days.able_gflops_seconds else 0 end') }} as able_before,
        {{ wide_sum('case when valid_days.is_before then 0 else valid_days.able_gflops_seconds end') }} as able_after,
        {{ wide_sum(
            "case when not valid_days.is_before then 0 when valid_days.basis = 'business' "
            "then lit_of_leases.business_lit else lit_of_leases.technical_lit end"
        ) }} as lit_before,
        {{ wide_sum(
            "case when valid_days.is_before then 0 when valid_days.basis = 'business' "
            "then lit_of_leases.business_lit else lit_of_leases.technical_lit end"
        ) }} as lit_after
    from valid_days
    left join lit_of_leases
        on
            valid_days.center_id = lit_of_leases.center_id
            and valid_days.local_day = lit_of_leases.local_day
    group by valid_days.center_id, valid_days.basis
)

select
    center_id,
    basis,
    {{ ratio('lit_before', 'able_before') }} - {{ ratio('lit_after', 'able_after') }} as disclosed_end_drop
from sums
