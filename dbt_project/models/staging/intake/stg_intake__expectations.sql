-- Grain: one row per record kind and number of the expectation in its suite.
select
    expectations.record_kind,
    expectations.expectation_no,
    expectations.column_names,
    expectations.expectation,
    expectations.severity,
    expectations.is_met,
    expectations.unexpected_count,
    expectations.element_count
from {{ source('raw', 'expectations') }} as expectations
