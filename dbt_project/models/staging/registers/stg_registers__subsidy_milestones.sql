-- Grain: one row per condition of a subsidy; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'subsidy_milestones') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['milestone_id']) }} = 1
)

select
    newest.milestone_id,
    newest.programme_id,
    newest.metric,
    newest.comparison,
    newest.threshold_unit,
    newest.measure_window,
    newest.declared_state,
    newest.document,
    newest.threshold_milli,
    newest.sustained_months,
    newest.weight_bp,
    newest.revision,
    newest.measured_from,
    newest.measured_to,
    newest.due_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
