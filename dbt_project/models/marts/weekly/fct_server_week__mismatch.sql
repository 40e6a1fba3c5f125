-- Grain: one row per center, ISO week, server and tenant with sold cards idle or unsold cards busy.
with device_days as (
    select
        classes.center_id,
        cast(date_trunc('week', classes.local_day) as date) as week_start_on,
        coalesce(places.server_id, 'none') as server_id,
        coalesce(places.place_id, 'none') as place_id,
        classes.device_uid,
        coalesce(leases.tenant_party_id, 'none') as tenant_party_id,
        seeds.is_sold,
        seeds.lit_status,
        classes.card_seconds
    from {{ ref('int_partition__device_classes') }} as classes
    inner join {{ ref('partition_classes') }} as seeds
        on classes.class_id = seeds.class_id and seeds.class_group = 'able'
    left join {{ ref('int_weekly__device_places') }} as places
        on
            classes.center_id = places.center_id
            and classes.device_uid = places.device_uid
            and classes.local_day = places.local_day
    left join {{ ref('stg_registers__leases') }} as leases
        on coalesce(nullif(classes.sold_lease_id, 'none'), nullif(classes.allocated_lease_id, 'none')) = leases.lease_id
),

summed as (
    select
        center_id,
        week_start_on,
        server_id,
        tenant_party_id,
        max(place_id) as place_id,
        cast(count(distinct device_uid) as bigint) as card_count,
        {{ integer_sum('case when is_sold then card_seconds end') }} as sold_card_seconds,
        {{ integer_sum("case when is_sold and lit_status = 'idle' then card_seconds end") }} as sold_idle_card_seconds,
        {{ integer_sum("case when not is_sold and lit_status = 'lit' then card_seconds end") }}
            as unsold_lit_card_seconds,
        {{ integer_sum("case when lit_status = 'unknown' then card_seconds end") }} as unknown_card_seconds
    from device_days
    group by center_id, week_start_on, server_id, tenant_party_id
)

select
    summed.center_id,
    summed.week_start_on,
    summed.server_id,
    summed.tenant_party_id,
    summed.place_id,
    coalesce(parties.party_name_zh, summed.tenant_party_id) as tenant_name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh, summed.tenant_party_id) as tenant_name_en,
    summed.card_count,
    summed.sold_card_seconds,
    summed.sold_idle_card_seconds,
    summed.unsold_lit_card_seconds,
    summed.unknown_card_seconds,
    {{ ratio('summed.sold_idle_card_seconds', 'summed.sold_card_seconds') }} as idle_share_of_sold
from summed
left join {{ ref('stg_registers__parties') }} as parties
    on summed.tenant_party_id = parties.party_id
where summed.sold_idle_card_seconds > 0 or summed.unsold_lit_card_seconds > 0
