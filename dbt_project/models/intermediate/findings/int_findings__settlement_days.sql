-- Grain: one row per center and day on which something was settled: a milestone due, or the end of an offtake period.
with programmes as (
    select
        programme_id,
        center_id
    from {{ ref('stg_registers__subsidy_programmes') }}
),

commitments as (
    select
        commitment_id,
        center_id
    from {{ ref('stg_registers__offtake_commitments') }}
),

settled as (
    select
        programmes.center_id,
        milestones.due_on as settled_on
    from {{ ref('stg_registers__subsidy_milestones') }} as milestones
    inner join programmes
        on milestones.programme_id = programmes.programme_id
    union
    select
        commitments.center_id,
        periods.period_end_on as settled_on
    from {{ ref('stg_registers__offtake_periods') }} as periods
    inner join commitments
        on periods.commitment_id = commitments.commitment_id
)

select
    settled.center_id,
    settled.settled_on
from settled
