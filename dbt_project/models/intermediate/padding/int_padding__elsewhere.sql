-- Grain: one row per center, vendor and basis: how the vendor's workloads fell over the same days in other centers.
-- Centers whose own window ends within the days looked at are left out.
with windows as (
    select * from {{ ref('int_padding__windows') }}
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

pairs as (
    select
        here.center_id,
        here.window_end_on,
        here.first_day_on,
        here.day_after_last_on,
        vendors.vendor_party_id
    from windows as here
    inner join {{ ref('int_organic__vendors') }} as vendors
        on here.center_id = vendors.center_id
),

others as (
    select
        pairs.*,
        vendors.center_id as other_center_id
    from pairs
    inner join {{ ref('int_organic__vendors') }} as vendors
        on
            pairs.vendor_party_id = vendors.vendor_party_id
            and pairs.center_id <> vendors.center_id
    left join windows as theirs
        on vendors.center_id = theirs.center_id
    where
        theirs.window_end_on is null
        or theirs.window_end_on < pairs.first_day_on
        or theirs.window_end_on >= pairs.day_after_last_on
),

uses as (
    select
        others.center_id,
        others.vendor_party_id,
        use_days.local_day < others.window_end_on as is_before,
        use_days.business_class,
        use_days.lit_gflops_seconds
    from others
    inner join {{ ref('int_organic__use_days') }} as use_days
        on
            others.other_center_id = use_days.center_id
            and use_days.local_day >= others.first_day_on
            and use_days.local_day < others.day_after_last_on
    inner join affiliates
        on
            use_days.center_id = affiliates.center_id
            and others.vendor_party_id = affiliates.vendor_party_id
            and use_days.tenant_party_id = affiliates.tenant_party_id
            and affiliates.valid_from <= use_days.local_day
            and (affiliates.valid_to is null or use_days.local_day < affiliates.valid_to)
),

bases as (
    select named.basis from (values ('business'), ('technical')) as named (basis)
),

sums as (
    select
        uses.center_id,
        uses.vendor_party_id,
        bases.basis,
        {{ wide_sum('case when uses.is_before then uses.lit_gflops_seconds else 0 end') }} as lit_before,
        {{ wide_sum('case when uses.is_before then 0 else uses.lit_gflops_seconds end') }} as lit_after
    from uses
    cross join bases
    where
        bases.basis = 'technical'
        or uses.business_class = 'business'
    group by uses.center_id, uses.vendor_party_id, bases.basis
)

select
    center_id,
    vendor_party_id,
    basis,
    lit_before,
    lit_after,
    {{ ratio('lit_before - lit_after', 'lit_before') }} as elsewhere_relative_drop
from sums
