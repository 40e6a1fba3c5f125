-- Grain: one row per center (empty where the row names none), record kind, reason and standing.
with set_aside_rows as (
    select * from {{ ref('fct_row__set_aside') }}
)

select
    coalesce(set_aside_rows.center_id, '') as center_id,
    set_aside_rows.record_kind,
    set_aside_rows.reason_code,
    set_aside_rows.standing,
    {{ integer_sum('set_aside_rows.row_count') }} as row_count,
    cast(count(distinct set_aside_rows.source_sha256) as bigint) as file_count,
    min(set_aside_rows.recorded_at) as first_recorded_at,
    max(set_aside_rows.recorded_at) as last_recorded_at
from set_aside_rows
group by
    coalesce(set_aside_rows.center_id, ''),
    set_aside_rows.record_kind,
    set_aside_rows.reason_code,
    set_aside_rows.standing
