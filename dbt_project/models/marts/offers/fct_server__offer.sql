-- Grain: one row per server, model and span, by its number, in which cards of it are free.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

spans as (
    select
        center_id,
        server_id,
        model_id,
        free_from,
        free_until,
        {{ integer_sum('1') }} as card_count,
        row_number() over (
            partition by center_id, server_id, model_id
            order by free_from nulls last, free_until nulls last
        ) as span_no
    from {{ ref('int_offers__card_spans') }}
    where server_id is not null
    group by center_id, server_id, model_id, free_from, free_until
),

centers as (
    select
        centers.*,
        sites.longitude,
        sites.latitude,
        sites.city_area_code,
        {{ local_date('build.as_of_epoch_seconds', 'centers.time_zone') }} as as_of_on
    from {{ ref('stg_registers__centers') }} as centers
    cross join build
    left join {{ ref('stg_registers__center_sites') }} as sites
        on centers.center_id = sites.center_id
),

links as (
    select * from {{ ref('stg_registers__server_links') }}
),

servers as (
    select * from {{ ref('stg_registers__servers') }}
),

cabinets as (
    select * from {{ ref('stg_registers__cabinets') }}
),

accelerators as (
    select * from {{ ref('accelerators') }}
),

terms as (
    select * from {{ ref('stg_registers__sale_terms') }}
)

select
    spans.center_id,
    centers.center_name_zh,
    centers.center_name_en,
    spans.server_id,
    spans.model_id,
    spans.span_no,
    accelerators.display_name,
    coalesce(links.cluster_id, spans.server_id) as cluster_id,
    links.interconnect,
    terms.dispatch_scope,
    terms.document as terms_document,
    centers.province_code,
    centers.city_area_code,
    spans.card_count,
    accelerators.weight_gflops,
    links.link_gbps,
    cabinets.contracted_w as rack_w,
    cabinets.u_count as rack_u_count,
    servers.nameplate_w,
    terms.asking_price_cny_fen,
    centers.longitude,
    centers.latitude,
    spans.free_from <= centers.as_of_on as is_free_now,
    centers.as_of_on,
    spans.free_from,
    spans.free_until
from spans
inner join centers
    on spans.center_id = centers.center_id
inner join accelerators
    on spans.model_id = accelerators.model_id
left join links
    on spans.server_id = links.server_id
left join servers
    on spans.server_id = servers.server_id
left join cabinets
    on servers.cabinet_id = cabinets.cabinet_id
left join terms
    on
        spans.center_id = terms.center_id
        and spans.model_id = terms.model_id
        and terms.valid_from <= centers.as_of_on
        and (terms.valid_to is null or centers.as_of_on < terms.valid_to)
