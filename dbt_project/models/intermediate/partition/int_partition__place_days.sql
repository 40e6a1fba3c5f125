-- Grain: one row per center, cabinet, cluster, model, local day, class and tenant; every planned card-second is in
-- exactly one of them. A card is where it stood last that day. What stands nowhere (not delivered, or listed without a
-- server) is 'not_placed'; a server of which the register names no cabinet, or no cluster, has 'unknown'.
with device_days as (
    select * from {{ ref('int_partition__device_days') }}
),

leases as (
    select
        lease_id,
        tenant_party_id
    from {{ ref('stg_registers__leases') }}
),

places as (
    select
        center_id,
        device_uid,
        local_day,
        server_id
    from {{ ref('int_weekly__device_places') }}
),

servers as (
    select
        server_id,
        cabinet_id
    from {{ ref('stg_registers__servers') }}
),

links as (
    select
        server_id,
        cluster_id
    from {{ ref('stg_registers__server_links') }}
),

-- The lease in force names the tenant; a card handed over without one, the hand-over.
traced as (
    select
        device_days.*,
        case when places.server_id is null then 'not_placed' else coalesce(servers.cabinet_id, 'unknown') end
            as cabinet_id,
        case when places.server_id is null then 'not_placed' else coalesce(links.cluster_id, 'unknown') end
            as cluster_id,
        case
            when device_days.sold_lease_id = 'none' and device_days.allocated_lease_id = 'none' then 'none'
            when 'several' in (device_days.sold_lease_id, device_days.allocated_lease_id) then 'several'
            else coalesce(leases.tenant_party_id, 'unknown')
        end as tenant_party_id
    from device_days
    left join leases
        on coalesce(nullif(device_days.sold_lease_id, 'none'), device_days.allocated_lease_id) = leases.lease_id
    left join places
        on
            device_days.center_id = places.center_id
            and device_days.device_uid = places.device_uid
            and device_days.local_day = places.local_day
    left join servers
        on places.server_id = servers.server_id
    left join links
        on places.server_id = links.server_id
),

classed as (
    select
        center_id,
        cabinet_id,
        cluster_id,
        model_id,
        local_day,
        class_id,
        tenant_party_id,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds,
        {{ integer_sum('beyond_plan_card_seconds') }} as beyond_plan_card_seconds
    from traced
    group by center_id, cabinet_id, cluster_id, model_id, local_day, class_id, tenant_party_id
),

delivered as (
    select
        center_id,
        model_id,
        local_day,
        {{ integer_sum('planned_card_seconds') }} as planned_card_seconds
    from classed
    group by center_id, model_id, local_day
),

rest as (
    select
        plan_days.center_id,
        plan_days.model_id,
        plan_days.local_day,
        plan_days.planned_card_seconds - coalesce(delivered.planned_card_seconds, 0) as planned_card_seconds
    from {{ ref('int_utilization__plan_days') }} as plan_days
    left join delivered
        on
            plan_days.center_id = delivered.center_id
            and plan_days.model_id = delivered.model_id
            and plan_days.local_day = delivered.local_day
)

select
    classed.center_id,
    classed.cabinet_id,
    classed.cluster_id,
    classed.model_id,
    classed.local_day,
    classed.class_id,
    classed.tenant_party_id,
    classed.planned_card_seconds,
    classed.beyond_plan_card_seconds
from classed
union all
select
    rest.center_id,
    'not_placed' as cabinet_id,
    'not_placed' as cluster_id,
    rest.model_id,
    rest.local_day,
    'planned_not_delivered' as class_id,
    'none' as tenant_party_id,
    rest.planned_card_seconds,
    cast(0 as bigint) as beyond_plan_card_seconds
from rest
where rest.planned_card_seconds > 0
