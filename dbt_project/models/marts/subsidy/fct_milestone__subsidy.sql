-- Grain: one row per condition of a subsidy.
with milestones as (
    select * from {{ ref('stg_registers__subsidy_milestones') }}
),

programmes as (
    select
        programme_id,
        center_id,
        subsidy_kind
    from {{ ref('stg_registers__subsidy_programmes') }}
),

centers as (
    select
        center_id,
        time_zone
    from {{ ref('stg_registers__centers') }}
),

build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

placed as (
    select
        milestones.*,
        programmes.center_id,
        programmes.subsidy_kind,
        {{ local_date('build.as_of_epoch_seconds', "coalesce(centers.time_zone, 'Asia/Shanghai')") }} as as_of_on
    from milestones
    cross join build
    inner join programmes
        on milestones.programme_id = programmes.programme_id
    left join centers
        on programmes.center_id = centers.center_id
)

select
    placed.milestone_id,
    placed.programme_id,
    placed.center_id,
    placed.subsidy_kind,
    placed.metric,
    placed.comparison,
    placed.threshold_unit,
    placed.measure_window,
    placed.declared_state,
    placed.document,
    placed.threshold_milli,
    placed.sustained_months,
    placed.weight_bp,
    placed.due_on < placed.as_of_on as is_due,
    placed.measured_from,
    placed.measured_to,
    placed.due_on
from placed
