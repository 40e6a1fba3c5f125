-- Grain: one row per center, vendor (or `ALL`), basis and case: the part of the drop that is its workloads'.
with effects as (
    select * from {{ ref('int_padding__effects') }}
),

cases as (
    select * from {{ ref('int_padding__cases') }}
),

vendor_days as (
    select * from {{ ref('int_padding__workload_days') }}
    where vendor_party_id <> 'CENTER'
),

vendors as (
    select
        center_id,
        vendor_party_id
    from {{ ref('int_organic__vendors') }}
    union
    select
        center_id,
        vendor_party_id
    from vendor_days
    union
    select
        center_id,
        'ALL' as vendor_party_id
    from effects
),

-- The same days and bounds as the center's own series.
sides as (
    select
        cases.center_id,
        cases.basis,
        cases.bound_case,
        vendor_days.vendor_party_id,
        {{ wide_sum(
            "case when not cases.is_before then 0 when cases.bound_case = 'least' "
            "then vendor_days.lit_gflops_seconds_lower else vendor_days.lit_gflops_seconds_upper end"
        ) }} as vendor_lit_before,
        {{ wide_sum(
            "case when cases.is_before then 0 when cases.bound_case = 'least' "
            "then vendor_days.lit_gflops_seconds_upper else vendor_days.lit_gflops_seconds_lower end"
        ) }} as vendor_lit_after
    from cases
    inner join vendor_days
        on
            cases.center_id = vendor_days.center_id
            and cases.basis = vendor_days.basis
            and cases.local_day = vendor_days.local_day
    group by cases.center_id, cases.basis, cases.bound_case, vendor_days.vendor_party_id
),

rated as (
    select
        effects.center_id,
        vendors.vendor_party_id,
        effects.basis,
        effects.bound_case,
        effects.drop_of_lit_rate,
        {{ ratio('coalesce(sides.vendor_lit_before, 0)', 'effects.able_before') }} as vendor_rate_before,
        {{ ratio('coalesce(sides.vendor_lit_after, 0)', 'effects.able_after') }} as vendor_rate_after,
        {{ ratio('effects.lit_before - coalesce(sides.vendor_lit_before, 0)', 'effects.able_before') }}
            as peer_rate_before,
        {{ ratio('effects.lit_after - coalesce(sides.vendor_lit_after, 0)', 'effects.able_after') }} as peer_rate_after
    from effects
    inner join vendors
        on effects.center_id = vendors.center_id
    left join sides
        on
            effects.center_id = sides.center_id
            and effects.basis = sides.basis
            and effects.bound_case = sides.bound_case
            and vendors.vendor_party_id = sides.vendor_party_id
)

select
    center_id,
    vendor_party_id,
    basis,
    bound_case,
    vendor_rate_before,
    vendor_rate_after,
    -- A center that did not drop has no drop to attribute.
    case
        when drop_of_lit_rate > 0 then {{ ratio('vendor_rate_before - vendor_rate_after', 'drop_of_lit_rate') }}
    end as attributable_share_of_drop,
    {{ ratio('vendor_rate_before - vendor_rate_after', 'vendor_rate_before') }} as vendor_relative_drop,
    peer_rate_before,
    peer_rate_after,
    {{ ratio('peer_rate_before - peer_rate_after', 'peer_rate_before') }} as peer_relative_drop
from rated
