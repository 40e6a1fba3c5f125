-- Grain: one row per record kind and expectation of its suite.
with outcomes as (
    select * from {{ ref('stg_intake__expectations') }}
)

select
    record_kind,
    expectation_no,
    column_names,
    expectation,
    case when severity = 'critical' then 'blocking' else 'warning' end as severity,
    is_met,
    unexpected_count,
    element_count
from outcomes
