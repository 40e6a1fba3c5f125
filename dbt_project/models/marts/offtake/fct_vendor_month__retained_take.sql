-- Grain: one row per vendor (or `ALL`) and thirty days since the end of acceptance that any of its commitments lived.
with months as (
    select
        *,
        -- Three months of baseline against one.
        take_quantity_milli * 3
        >= baseline_quantity_milli * {{ policy_number('offtake_retained_ratio') }} as is_retained
    from {{ ref('int_offtake__retained_months') }}
),

scoped as (
    select
        vendor_party_id,
        months_since_acceptance,
        is_retained
    from months
    union all
    select
        'ALL' as vendor_party_id,
        months_since_acceptance,
        is_retained
    from months
),

counted as (
    select
        vendor_party_id,
        months_since_acceptance,
        cast(count(*) as bigint) as commitments_at_risk,
        {{ integer_sum('case when is_retained then 1 else 0 end') }} as commitments_retained
    from scoped
    group by vendor_party_id, months_since_acceptance
)

select
    counted.vendor_party_id,
    counted.months_since_acceptance,
    dim_party.party_name_zh as vendor_name_zh,
    dim_party.party_name_en as vendor_name_en,
    counted.commitments_at_risk,
    counted.commitments_retained,
    {{ ratio('counted.commitments_retained', 'counted.commitments_at_risk') }} as retained_rate_of_at_risk
from counted
left join {{ ref('dim_party') }} as dim_party
    on counted.vendor_party_id = dim_party.party_id
