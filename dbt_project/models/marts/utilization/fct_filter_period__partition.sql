-- Grain: one row per center (or ALL), kind of filter, filter, period grain (day, month), start of the period and class.
with filter_classes as (
    select * from {{ ref('int_partition__filter_classes') }}
),

classes as (
    select * from {{ ref('partition_classes') }}
),

parties as (
    select
        party_id,
        party_name_zh,
        party_name_en
    from {{ ref('stg_registers__parties') }}
),

accelerators as (
    select
        model_id,
        display_name
    from {{ ref('accelerators') }}
),

provinces as (
    select
        cast(province_code as varchar) as province_code,
        name_zh,
        name_en
    from {{ ref('provinces') }}
),

centers as (
    select
        center_id,
        center_name_zh,
        center_name_en
    from {{ ref('stg_registers__centers') }}
)

select
    filter_classes.center_id,
    filter_classes.filter_kind,
    filter_classes.filter_id,
    filter_classes.period_grain,
    filter_classes.period_start_on,
    filter_classes.class_id,
    coalesce(
        parties.party_name_zh,
        accelerators.display_name,
        provinces.name_zh,
        centers.center_name_zh,
        filter_classes.filter_id
    ) as filter_name_zh,
    coalesce(
        parties.party_name_en,
        accelerators.display_name,
        provinces.name_en,
        centers.center_name_en,
        filter_classes.filter_id
    ) as filter_name_en,
    classes.class_order,
    classes.class_group,
    classes.lit_status,
    classes.is_sold,
    classes.is_allocated,
    classes.name_zh,
    classes.name_en,
    filter_classes.planned_card_seconds,
    filter_classes.beyond_plan_card_seconds,
    filter_classes.plan_card_seconds,
    {{ ratio('filter_classes.planned_card_seconds', 'filter_classes.plan_card_seconds') }} as share_of_plan
from filter_classes
inner join classes
    on filter_classes.class_id = classes.class_id
left join parties
    on
        filter_classes.filter_kind = 'tenant'
        and filter_classes.filter_id = parties.party_id
left join accelerators
    on
        filter_classes.filter_kind = 'model'
        and filter_classes.filter_id = accelerators.model_id
left join provinces
    on
        filter_classes.filter_kind = 'province'
        and filter_classes.filter_id = provinces.province_code
left join centers
    on
        filter_classes.filter_kind = 'center'
        and filter_classes.filter_id = centers.center_id
