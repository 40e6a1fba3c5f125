-- Asserts: of each kind of filter, the filters add up, class by class and day by day, to the center, or to all of them.
-- A failing row means: a filter loses planned time, or counts it twice.
-- Not about: whether a card stands in the cabinet the register names.
with filters as (
    select
        center_id,
        filter_kind,
        period_grain,
        period_start_on,
        class_id,
        sum(planned_card_seconds) as planned_card_seconds,
        sum(beyond_plan_card_seconds) as beyond_plan_card_seconds
    from {{ ref('fct_filter_period__partition') }}
    group by center_id, filter_kind, period_grain, period_start_on, class_id
),

kinds as (
    select distinct
        center_id = 'ALL' as is_of_all,
        filter_kind
    from filters
),

centers as (
    select
        scopes.scope_id as center_id,
        kinds.filter_kind,
        scopes.period_grain,
        scopes.period_start_on,
        scopes.class_id,
        scopes.planned_card_seconds,
        scopes.beyond_plan_card_seconds
    from {{ ref('fct_scope_period__partition') }} as scopes
    inner join kinds
        on (scopes.scope_id = 'ALL') = kinds.is_of_all
)

select
    coalesce(filters.center_id, centers.center_id) as center_id,
    coalesce(filters.filter_kind, centers.filter_kind) as filter_kind,
    filters.planned_card_seconds,
    centers.planned_card_seconds as center_planned_card_seconds
from filters
full outer join centers
    on
        filters.center_id = centers.center_id
        and filters.filter_kind = centers.filter_kind
        and filters.period_grain = centers.period_grain
        and filters.period_start_on = centers.period_start_on
        and filters.class_id = centers.class_id
where
    coalesce(filters.planned_card_seconds, -1) <> coalesce(centers.planned_card_seconds, -1)
    or coalesce(filters.beyond_plan_card_seconds, -1) <> coalesce(centers.beyond_plan_card_seconds, -1)
