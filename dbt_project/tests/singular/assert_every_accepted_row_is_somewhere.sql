-- Asserts that every row of the lake that the manifest promises is superseded, a duplicate, set aside or used.
-- A failing row is a file whose rows were lost or doubled between the lake and the marts.
-- Not about lines that a reader took and deliberately made no row of; those are notices of the manifest.
select
    source_sha256,
    record_kind,
    row_count,
    superseded_row_count + duplicate_row_count + set_aside_row_count + used_row_count as accounted_row_count
from {{ ref('fct_file_kind__rows') }}
where row_count <> superseded_row_count + duplicate_row_count + set_aside_row_count + used_row_count
