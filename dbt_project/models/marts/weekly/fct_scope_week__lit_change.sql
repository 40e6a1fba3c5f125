-- Grain: one row per scope (a center, or ALL), ISO week, kind of explanation (tenant, cause) and subject.
-- Two readings of one change, over the days that both weeks have: by whose cards were lit, and by which class of
-- planned time took what lit lost. Either adds up to the change of lit.
with classes as (
    select * from {{ ref('partition_classes') }}
),

day_classes as (
    select
        partitions.center_id,
        partitions.local_day,
        partitions.class_id,
        partitions.lit_status,
        coalesce(partitions.tenant_party_id, 'none') as tenant_party_id,
        cast(partitions.planned_card_seconds + partitions.beyond_plan_card_seconds as decimal(38, 0)) as card_seconds,
        coalesce(partitions.planned_gflops_seconds + partitions.beyond_plan_gflops_seconds, 0) as gflops_seconds
    from {{ ref('fct_center_day__partition') }} as partitions
),

sides as (
    select
        day_classes.*,
        weeks.week_start_on,
        1 as sign
    from day_classes
    inner join {{ ref('int_weekly__weeks') }} as weeks
        on day_classes.local_day >= weeks.week_start_on and day_classes.local_day < weeks.compared_until_on
    union all
    select
        day_classes.*,
        weeks.week_start_on,
        -1 as sign
    from day_classes
    inner join {{ ref('int_weekly__weeks') }} as weeks
        on
            day_classes.local_day >= {{ add_days('weeks.week_start_on', -7) }}
            and day_classes.local_day < {{ add_days('weeks.compared_until_on', -7) }}
),

scoped as (
    select
        sides.center_id as scope_id,
        sides.*
    from sides
    union all
    select
        'ALL' as scope_id,
        sides.*
    from sides
),

-- What lit gained, another class lost; a larger plan is a gain of its own. So causes count with the opposite sign.
explained as (
    select
        scope_id,
        week_start_on,
        'tenant' as kind,
        tenant_party_id as subject_id,
        1 as direction,
        sign,
        card_seconds,
        gflops_seconds
    from scoped
    where lit_status = 'lit'
    union all
    select
        scope_id,
        week_start_on,
        'cause' as kind,
        class_id as subject_id,
        -1 as direction,
        sign,
        card_seconds,
        gflops_seconds
    from scoped
    where coalesce(lit_status, '') <> 'lit'
    union all
    select
        scope_id,
        week_start_on,
        'cause' as kind,
        'plan' as subject_id,
        1 as direction,
        sign,
        card_seconds,
        gflops_seconds
    from scoped
),

summed as (
    select
        scope_id,
        week_start_on,
        kind,
        subject_id,
        {{ integer_sum('case when sign = 1 then card_seconds end') }} as card_seconds,
        {{ integer_sum('case when sign = -1 then card_seconds end') }} as card_seconds_before,
        {{ integer_sum('direction * sign * card_seconds') }} as lit_card_seconds_change,
        {{ wide_sum('direction * sign * gflops_seconds') }} as lit_gflops_seconds_change
    from explained
    group by scope_id, week_start_on, kind, subject_id
)

select
    summed.scope_id,
    summed.week_start_on,
    summed.kind,
    summed.subject_id,
    weeks.compared_until_on,
    weeks.compared_day_count,
    coalesce(parties.party_name_zh, classes.name_zh, summed.subject_id) as name_zh,
    coalesce(parties.party_name_en, parties.party_name_zh, classes.name_en, summed.subject_id) as name_en,
    classes.class_group,
    classes.lit_status,
    summed.card_seconds,
    summed.card_seconds_before,
    summed.lit_card_seconds_change,
    summed.lit_gflops_seconds_change,
    cast(
        sum(summed.lit_gflops_seconds_change)
            over (partition by summed.scope_id, summed.week_start_on, summed.kind)
        as decimal(38, 0)
    ) as scope_lit_gflops_seconds_change
from summed
inner join {{ ref('int_weekly__weeks') }} as weeks
    on summed.week_start_on = weeks.week_start_on
left join {{ ref('stg_registers__parties') }} as parties
    on summed.kind = 'tenant' and summed.subject_id = parties.party_id
left join classes
    on summed.kind = 'cause' and summed.subject_id = classes.class_id
