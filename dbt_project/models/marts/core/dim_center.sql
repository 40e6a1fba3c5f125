-- Grain: one row per center that any record names; an unregistered one shows its id as its name.
with centers as (
    select * from {{ ref('int_calendar__centers') }}
),

registered as (
    select * from {{ ref('stg_registers__centers') }}
),

provinces as (
    select * from {{ ref('provinces') }}
)

select
    centers.center_id,
    coalesce(registered.center_name_zh, centers.center_id) as center_name_zh,
    coalesce(registered.center_name_en, centers.center_id) as center_name_en,
    registered.province_code,
    provinces.name_zh as province_name_zh,
    provinces.name_en as province_name_en,
    provinces.abbr_zh as province_abbr_zh,
    provinces.tile_row,
    provinces.tile_column,
    registered.city_zh,
    registered.city_en,
    registered.center_level,
    provinces.policy_region,
    provinces.hu_line_side,
    registered.time_zone,
    registered.operator_party_id,
    centers.is_registered,
    registered.opened_on,
    registered.acceptance_start_on,
    registered.acceptance_end_on
from centers
left join registered
    on centers.center_id = registered.center_id
left join provinces
    on registered.province_code = provinces.province_code
