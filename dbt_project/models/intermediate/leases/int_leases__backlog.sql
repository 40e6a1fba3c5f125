-- Grain: one row per lease in force or still to begin as of the build; what is left of it, and how firm that is.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

centers as (
    select
        center_id,
        time_zone
    from {{ ref('stg_registers__centers') }}
),

leases as (
    select
        leases.lease_id,
        leases.center_id,
        leases.tenant_party_id,
        leases.lease_kind,
        leases.purpose,
        leases.firmness,
        {{ local_date('build.as_of_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as as_of_on,
        {{ local_date('leases.starts_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as starts_on,
        {{ local_date('leases.ends_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as ends_on
    from {{ ref('stg_registers__leases') }} as leases
    cross join build
    left join centers
        on leases.center_id = centers.center_id
    where
        leases.ends_epoch_seconds > build.as_of_epoch_seconds
        and coalesce(leases.cancelled_epoch_seconds > build.as_of_epoch_seconds, true)
),

recent as (
    select
        lease_id,
        month_end_on,
        billed_net_cny_fen,
        sold_card_seconds,
        {{ days_between('month_start_on', 'month_end_on') }} as day_count,
        row_number() over (
            partition by center_id, lease_id
            order by month_start_on desc nulls last
        ) as months_back
    from {{ ref('int_leases__months') }}
),

rates as (
    select
        lease_id,
        max(case when months_back = 1 then billed_net_cny_fen end) as last_month_billed_cny_fen,
        {{ integer_sum('billed_net_cny_fen') }} as billed_cny_fen,
        {{ integer_sum('sold_card_seconds') }} as sold_card_seconds,
        {{ integer_sum('day_count') }} as day_count
    from recent
    where months_back <= 3
    group by lease_id
),

weights as (
    select
        policy.value_number as firmness_weight,
        replace(policy.name, 'firmness_', '') as firmness
    from {{ ref('policy') }} as policy
    where policy.name like 'firmness%'
),

left_over as (
    select
        leases.*,
        rates.last_month_billed_cny_fen,
        rates.billed_cny_fen as recent_billed_cny_fen,
        rates.sold_card_seconds as recent_sold_card_seconds,
        rates.day_count as recent_day_count,
        {{ days_between('greatest(leases.as_of_on, leases.starts_on)', 'leases.ends_on') }} as remaining_days,
        weights.firmness_weight
    from leases
    left join rates
        on leases.lease_id = rates.lease_id
    left join weights
        on leases.firmness = weights.firmness
)

select
    lease_id,
    center_id,
    tenant_party_id,
    lease_kind,
    purpose,
    firmness,
    starts_on,
    ends_on,
    as_of_on,
    remaining_days,
    firmness_weight,
    coalesce(last_month_billed_cny_fen, 0) as last_month_billed_cny_fen,
    recent_billed_cny_fen,
    recent_sold_card_seconds,
    case
        when recent_day_count > 0
            then cast(round(cast(recent_billed_cny_fen as double) * remaining_days / recent_day_count) as bigint)
    end as backlog_cny_fen,
    case
        when recent_day_count > 0
            then
                cast(
                    round(
                        cast(recent_billed_cny_fen as double) * remaining_days / recent_day_count * firmness_weight
                    ) as bigint
                )
    end as weighted_backlog_cny_fen,
    case
        when recent_day_count is null then 'not_billed_yet'
        when firmness_weight is null then 'firmness_not_known'
    end as backlog_reason
from left_over
