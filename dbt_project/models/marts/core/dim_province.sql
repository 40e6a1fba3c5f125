-- Grain: one row per province.
with provinces as (
    select * from {{ ref('provinces') }}
)

select
    provinces.province_code,
    provinces.name_zh as province_name_zh,
    provinces.name_en as province_name_en,
    provinces.abbr_zh as province_abbr_zh,
    provinces.policy_region,
    provinces.hu_line_side,
    provinces.tile_row,
    provinces.tile_column
from provinces
