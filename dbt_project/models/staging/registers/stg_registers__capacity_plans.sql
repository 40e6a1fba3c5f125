-- Grain: one row per plan line: a number of cards of one model due from one day on; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'capacity_plans') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['plan_line_id']) }} = 1
)

select
    newest.plan_line_id,
    newest.center_id,
    newest.model_id,
    newest.plan_basis,
    newest.document,
    newest.planned_card_count,
    newest.declared_pflops,
    newest.revision,
    newest.due_on,
    newest.withdrawn_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
