-- Grain: one row per cluster and model with cards in service: how many are free, and the largest block of them.
with offers as (
    select * from {{ ref('fct_server__offer') }}
),

by_server as (
    select
        center_id,
        cluster_id,
        model_id,
        server_id,
        {{ integer_sum('card_count') }} as card_count,
        {{ integer_sum('case when is_free_now then card_count end') }} as free_card_count
    from offers
    group by center_id, cluster_id, model_id, server_id
),

blocks as (
    select
        center_id,
        cluster_id,
        model_id,
        {{ integer_sum('card_count') }} as card_count,
        {{ integer_sum('free_card_count') }} as free_card_count,
        {{ integer_sum('case when free_card_count = card_count then 1 end') }} as free_server_count,
        max(free_card_count) as largest_server_block_count
    from by_server
    group by center_id, cluster_id, model_id
),

traits as (
    select
        center_id,
        cluster_id,
        model_id,
        max(center_name_zh) as center_name_zh,
        max(center_name_en) as center_name_en,
        max(display_name) as display_name,
        max(interconnect) as interconnect,
        max(dispatch_scope) as dispatch_scope,
        max(weight_gflops) as weight_gflops,
        min(rack_w) as least_rack_w,
        min(asking_price_cny_fen) as asking_price_cny_fen,
        min(case when not is_free_now then free_from end) as next_free_from,
        max(as_of_on) as as_of_on
    from offers
    group by center_id, cluster_id, model_id
)

select
    blocks.center_id,
    traits.center_name_zh,
    traits.center_name_en,
    blocks.cluster_id,
    blocks.model_id,
    traits.display_name,
    traits.interconnect,
    traits.dispatch_scope,
    blocks.card_count,
    blocks.free_card_count,
    blocks.free_server_count,
    blocks.largest_server_block_count,
    traits.weight_gflops,
    traits.least_rack_w,
    traits.asking_price_cny_fen,
    traits.next_free_from,
    traits.as_of_on
from blocks
inner join traits
    on
        blocks.center_id = traits.center_id
        and blocks.cluster_id = traits.cluster_id
        and blocks.model_id = traits.model_id
