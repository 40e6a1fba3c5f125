-- Grain: one row per subsidy or condition of one: the days it is measured over, as far as they have passed.
-- A condition to be touched once is looked for from its first day, or the grant's, up to and with the day it is due.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

milestones as (
    select * from {{ ref('stg_registers__subsidy_milestones') }}
),

spans as (
    select
        'programme/' || terms.programme_id as window_id,
        terms.programme_id,
        cast(null as string) as milestone_id,
        terms.center_id,
        terms.valid_from as from_on,
        terms.covered_to as to_on,
        terms.as_of_on
    from terms
    union all
    select
        'milestone/' || milestones.milestone_id as window_id,
        milestones.programme_id,
        milestones.milestone_id,
        terms.center_id,
        coalesce(milestones.measured_from, terms.valid_from) as from_on,
        case
            when milestones.measure_window = 'sustained' and milestones.measured_to is not null
                then milestones.measured_to
            else {{ add_days('milestones.due_on', 1) }}
        end as to_on,
        terms.as_of_on
    from milestones
    inner join terms
        on milestones.programme_id = terms.programme_id
)

select
    spans.window_id,
    spans.programme_id,
    spans.milestone_id,
    spans.center_id,
    spans.from_on,
    least(spans.to_on, spans.as_of_on) as to_on
from spans
