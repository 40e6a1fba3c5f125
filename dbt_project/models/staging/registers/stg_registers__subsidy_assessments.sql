-- Grain: one row per assessment of a condition of a subsidy; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'subsidy_assessments') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['assessment_id']) }} = 1
)

select
    newest.assessment_id,
    newest.milestone_id,
    newest.assessor_party_id,
    newest.document,
    newest.achieved_lower_milli,
    newest.achieved_upper_milli,
    newest.revision,
    newest.assessed_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
