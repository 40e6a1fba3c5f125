-- Grain: one row per file, line and number of the rejection on that line (a line may hold many samples).
with known as (
    select quarantine.*
    from {{ source('raw', 'quarantine') }} as quarantine
    inner join {{ source('raw', 'build') }} as build
        on quarantine.recorded_at <= build.as_of_at
)

select
    known.source_sha256,
    known.source_line,
    row_number() over (
        partition by known.source_sha256, known.source_line
        order by known.reason_code nulls last, known.detail nulls last, known.raw_text nulls last
    ) as rejection_no,
    known.reason_code,
    known.detail,
    known.raw_text,
    known.recorded_at
from known
