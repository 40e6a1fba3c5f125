-- Grain: one row per center, month, device, tenant, leased or not, and lit status: seconds, and what others count.
-- Of a day with several tenancies each gets its share of the statistics by known seconds, in whole units, cut down.
with tenancies as (
    select
        center_id,
        device_uid,
        local_day,
        case when sold_lease_id = 'none' then allocated_lease_id else sold_lease_id end as lease_id,
        is_sold,
        is_allocated,
        {{ integer_sum('lit_seconds') }} as lit_seconds,
        {{ integer_sum('idle_seconds') }} as idle_seconds,
        {{ integer_sum('unknown_seconds') }} as unknown_seconds
    from {{ ref('int_utilization__tenancy_readings') }}
    group by
        center_id,
        device_uid,
        local_day,
        case when sold_lease_id = 'none' then allocated_lease_id else sold_lease_id end,
        is_sold,
        is_allocated
),

with_statistics as (
    select
        tenancies.center_id,
        tenancies.device_uid,
        {{ month_start('tenancies.local_day') }} as month_start_on,
        coalesce(leases.tenant_party_id, 'none') as tenant_party_id,
        tenancies.is_sold,
        tenancies.is_allocated,
        tenancies.lit_seconds,
        tenancies.idle_seconds,
        tenancies.unknown_seconds,
        {{ shares_of_statistics('statistics', 'tenancies.lit_seconds + tenancies.idle_seconds') }}
    from tenancies
    left join {{ ref('stg_registers__leases') }} as leases
        on tenancies.lease_id = leases.lease_id
    left join {{ ref('int_readings__day_statistics') }} as statistics
        on
            tenancies.center_id = statistics.center_id
            and tenancies.device_uid = statistics.device_uid
            and tenancies.local_day = statistics.local_day
),

statuses as (
    select named.lit_status
    from (values ('lit'), ('dark'), ('unknown')) as named (lit_status)
),

-- What others count belongs to lit time as far as it goes, and to dark time beyond that.
by_status as (
    select
        with_statistics.center_id,
        with_statistics.month_start_on,
        with_statistics.device_uid,
        with_statistics.tenant_party_id,
        with_statistics.is_sold,
        with_statistics.is_allocated,
        statuses.lit_status,
        case statuses.lit_status
            when 'lit' then with_statistics.lit_seconds
            when 'dark' then with_statistics.idle_seconds
            else with_statistics.unknown_seconds
        end as card_seconds,
        {{ statistics_by_lit_status('with_statistics', 'statuses.lit_status') }}
    from with_statistics
    cross join statuses
)

select
    by_status.center_id,
    by_status.month_start_on,
    by_status.device_uid,
    by_status.tenant_party_id,
    by_status.is_sold,
    by_status.lit_status,
    by_status.lit_status || case when by_status.is_sold then '_leased' else '_unleased' end as class_id,
    {{ integer_sum('by_status.card_seconds') }} as card_seconds,
    {{ integer_sum('case when by_status.is_allocated then by_status.card_seconds end') }} as allocated_seconds,
    {{ integer_sum('by_status.busy_bp_seconds_lower') }} as busy_bp_seconds_lower,
    {{ integer_sum('by_status.busy_bp_seconds_upper') }} as busy_bp_seconds_upper,
    {{ integer_sum('by_status.above_zero_seconds_lower') }} as above_zero_seconds_lower,
    {{ integer_sum('by_status.above_zero_seconds_upper') }} as above_zero_seconds_upper,
    {{ integer_sum('by_status.at_1_pct_seconds') }} as at_1_pct_seconds,
    {{ integer_sum('by_status.at_10_pct_seconds') }} as at_10_pct_seconds,
    {{ integer_sum('by_status.at_20_pct_seconds') }} as at_20_pct_seconds
from by_status
group by
    by_status.center_id,
    by_status.month_start_on,
    by_status.device_uid,
    by_status.tenant_party_id,
    by_status.is_sold,
    by_status.lit_status
