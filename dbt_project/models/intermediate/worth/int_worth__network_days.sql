-- Grain: one row per center and local day with delivered cards; what of their time could have used the fast network.
with servers as (
    select
        center_id,
        device_uid,
        server_id
    from {{ ref('int_inventory__device_states') }}
    where is_current
),

-- A lease whose cards stand in one server has nothing to send to another.
lease_servers as (
    select
        spans.lease_id,
        count(distinct servers.server_id) as server_count
    from {{ ref('int_inventory__lease_device_spans') }} as spans
    inner join servers
        on
            spans.center_id = servers.center_id
            and spans.device_uid = servers.device_uid
    group by spans.lease_id
),

classed as (
    select
        device_classes.center_id,
        device_classes.local_day,
        device_classes.card_seconds,
        case
            when classes.class_group <> 'able' or classes.lit_status = 'idle' then 'dark'
            when lease_servers.server_count = 1 then 'single_server'
            else 'possible'
        end as network_use
    from {{ ref('int_partition__device_classes') }} as device_classes
    inner join {{ ref('partition_classes') }} as classes
        on device_classes.class_id = classes.class_id
    left join lease_servers
        on device_classes.sold_lease_id = lease_servers.lease_id
    where classes.class_group <> 'gone'
)

select
    center_id,
    local_day,
    {{ integer_sum('card_seconds') }} as delivered_card_seconds,
    {{ integer_sum("case when network_use = 'dark' then card_seconds else 0 end") }} as dark_card_seconds,
    {{ integer_sum("case when network_use = 'single_server' then card_seconds else 0 end") }}
        as single_server_card_seconds,
    {{ integer_sum("case when network_use = 'possible' then card_seconds else 0 end") }} as possible_card_seconds
from classed
group by center_id, local_day
having sum(card_seconds) > 0
