-- Grain: one row per center, local day, lease handed over under and whether accepted: able, lit and unknown time of it.
-- Duplicates of cards are left out; `none` is card time nobody had, `several` what two leases claim.
with tenancies as (
    select
        center_id,
        device_uid,
        local_day,
        allocated_lease_id as lease_id,
        is_commissioned,
        able_seconds,
        lit_seconds,
        unknown_seconds
    from {{ ref('int_utilization__tenancy_readings') }}
    where not is_able_duplicate
),

devices as (
    select
        center_id,
        device_uid,
        model_id
    from {{ ref('int_inventory__devices') }}
),

weights as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
)

select
    tenancies.center_id,
    tenancies.local_day,
    tenancies.lease_id,
    tenancies.is_commissioned,
    {{ integer_sum('tenancies.able_seconds') }} as able_card_seconds,
    {{ integer_sum('tenancies.lit_seconds') }} as lit_card_seconds,
    {{ integer_sum('tenancies.unknown_seconds') }} as unknown_card_seconds,
    {{ wide_sum('cast(tenancies.able_seconds as decimal(38, 0)) * weights.weight_gflops') }}
        as able_gflops_seconds,
    {{ wide_sum('cast(tenancies.lit_seconds as decimal(38, 0)) * weights.weight_gflops') }} as lit_gflops_seconds,
    {{ wide_sum('cast(tenancies.unknown_seconds as decimal(38, 0)) * weights.weight_gflops') }}
        as unknown_gflops_seconds
from tenancies
inner join devices
    on
        tenancies.center_id = devices.center_id
        and tenancies.device_uid = devices.device_uid
left join weights
    on devices.model_id = weights.model_id
group by tenancies.center_id, tenancies.local_day, tenancies.lease_id, tenancies.is_commissioned
