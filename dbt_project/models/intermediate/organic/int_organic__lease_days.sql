-- Grain: one row per center, local day, lease handed over under, model and whether accepted: able, lit, unknown time.
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

-- A card of which no samples of its load were sent was judged by nobody.
suspects as (
    select * from {{ ref('int_organic__suspect_days') }}
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
    devices.model_id,
    tenancies.is_commissioned,
    {{ integer_sum('tenancies.able_seconds') }} as able_card_seconds,
    {{ integer_sum('tenancies.lit_seconds') }} as lit_card_seconds,
    {{ integer_sum('tenancies.unknown_seconds') }} as unknown_card_seconds,
    {{ integer_sum('case when suspects.device_uid is not null then tenancies.lit_seconds else 0 end') }}
        as judged_lit_card_seconds,
    {{ integer_sum('least(tenancies.lit_seconds, coalesce(suspects.suspect_seconds_upper, 0))') }}
        as suspect_lit_card_seconds,
    {{ wide_sum('cast(tenancies.able_seconds as decimal(38, 0)) * weights.weight_gflops') }}
        as able_gflops_seconds,
    {{ wide_sum('cast(tenancies.lit_seconds as decimal(38, 0)) * weights.weight_gflops') }} as lit_gflops_seconds,
    {{ wide_sum('cast(tenancies.unknown_seconds as decimal(38, 0)) * weights.weight_gflops') }}
        as unknown_gflops_seconds,
    {{ wide_sum(
        'cast(least(tenancies.lit_seconds, coalesce(suspects.suspect_seconds_upper, 0)) as decimal(38, 0))'
        ~ ' * weights.weight_gflops'
    ) }} as suspect_lit_gflops_seconds
from tenancies
inner join devices
    on
        tenancies.center_id = devices.center_id
        and tenancies.device_uid = devices.device_uid
left join suspects
    on
        tenancies.center_id = suspects.center_id
        and tenancies.device_uid = suspects.device_uid
        and tenancies.local_day = suspects.local_day
left join weights
    on devices.model_id = weights.model_id
group by tenancies.center_id, tenancies.local_day, tenancies.lease_id, devices.model_id, tenancies.is_commissioned
