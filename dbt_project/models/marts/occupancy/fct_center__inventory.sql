-- Grain: one row per center and accelerator model as its inventory writes it.
with nodes as (
    select
        center_id,
        coalesce(model_text, '') as model_text,
        card_count
    from {{ ref('stg_registers__inventory_nodes') }}
)

select
    nodes.center_id,
    nodes.model_text,
    cast(count(*) as bigint) as node_count,
    {{ integer_sum('case when nodes.card_count > 0 then 1 end') }} as gpu_node_count,
    {{ integer_sum('nodes.card_count') }} as card_count
from nodes
group by nodes.center_id, nodes.model_text
