-- Grain: one row per center, basis, vendor (`ALL`: any of them; `CENTER`: all use) and day around the window's end.
-- Lit at both bounds of a vendor's own workloads, its affiliates' and those of tenants it was seen to pay for.
with windows as (
    select * from {{ ref('int_padding__windows') }}
),

use_days as (
    select
        use_days.*,
        windows.window_end_on
    from {{ ref('int_organic__use_days') }} as use_days
    inner join windows
        on
            use_days.center_id = windows.center_id
            and use_days.local_day >= windows.first_day_on
            and use_days.local_day < windows.day_after_last_on
),

affiliates as (
    select
        center_id,
        principal_party_id as vendor_party_id,
        party_id as tenant_party_id,
        valid_from,
        valid_to
    from {{ ref('int_organic__affiliates') }}
    where
        principal_role = 'vendor'
        and not is_soft
),

funded as (
    select
        center_id,
        vendor_party_id,
        consumer_party_id as tenant_party_id
    from {{ ref('int_parties__bought_receipts') }}
    group by center_id, vendor_party_id, consumer_party_id
    having sum(purchased_cny_fen) > 0
),

vendor_uses as (
    select
        use_days.center_id,
        use_days.local_day,
        use_days.lease_id,
        affiliates.vendor_party_id
    from use_days
    inner join affiliates
        on
            use_days.center_id = affiliates.center_id
            and use_days.tenant_party_id = affiliates.tenant_party_id
            and affiliates.valid_from <= use_days.local_day
            and (affiliates.valid_to is null or use_days.local_day < affiliates.valid_to)
    union
    select
        use_days.center_id,
        use_days.local_day,
        use_days.lease_id,
        funded.vendor_party_id
    from use_days
    inner join funded
        on
            use_days.center_id = funded.center_id
            and use_days.tenant_party_id = funded.tenant_party_id
),

members as (
    select * from vendor_uses
    union
    select
        center_id,
        local_day,
        lease_id,
        'ALL' as vendor_party_id
    from vendor_uses
    union
    select
        center_id,
        local_day,
        lease_id,
        'CENTER' as vendor_party_id
    from use_days
),

-- Idle time is neither; time without a reading may have been lit, and so may lit time of a purpose nobody told.
bounded as (
    select
        center_id,
        local_day,
        lease_id,
        'business' as basis,
        able_gflops_seconds,
        unknown_gflops_seconds,
        case when business_class = 'business' then lit_gflops_seconds else 0 end as lit_lower,
        case
            when business_class in ('business', 'unknown') then lit_gflops_seconds + unknown_gflops_seconds
            else 0
        end as lit_upper
    from use_days
    union all
    select
        center_id,
        local_day,
        lease_id,
        'technical' as basis,
        able_gflops_seconds,
        unknown_gflops_seconds,
        lit_gflops_seconds as lit_lower,
        lit_gflops_seconds + unknown_gflops_seconds as lit_upper
    from use_days
)

select
    bounded.center_id,
    bounded.basis,
    members.vendor_party_id,
    bounded.local_day,
    {{ wide_sum('bounded.able_gflops_seconds') }} as able_gflops_seconds,
    {{ wide_sum('bounded.unknown_gflops_seconds') }} as unknown_gflops_seconds,
    {{ wide_sum('bounded.lit_lower') }} as lit_gflops_seconds_lower,
    {{ wide_sum('bounded.lit_upper') }} as lit_gflops_seconds_upper
from bounded
inner join members
    on
        bounded.center_id = members.center_id
        and bounded.local_day = members.local_day
        and bounded.lease_id = members.lease_id
group by bounded.center_id, bounded.basis, members.vendor_party_id, bounded.local_day
