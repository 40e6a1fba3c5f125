-- Grain: one row per scope (a center, or ALL), ISO week and way of measuring.
with days as (
    select
        center_id,
        cast(date_trunc('week', local_day) as date) as week_start_on,
        meter_scope,
        energy_wh,
        known_seconds,
        expected_seconds
    from {{ ref('fct_center_day__energy') }}
),

scoped as (
    select
        days.center_id as scope_id,
        days.*
    from days
    union all
    select
        'ALL' as scope_id,
        days.*
    from days
),

summed as (
    select
        scope_id,
        week_start_on,
        meter_scope,
        {{ integer_sum('energy_wh') }} as energy_wh,
        {{ integer_sum('known_seconds') }} as known_seconds,
        {{ integer_sum('expected_seconds') }} as expected_seconds
    from scoped
    group by scope_id, week_start_on, meter_scope
)

select
    summed.scope_id,
    summed.week_start_on,
    summed.meter_scope,
    summed.energy_wh,
    summed.known_seconds,
    summed.expected_seconds,
    before.energy_wh as energy_wh_before,
    before.known_seconds as known_seconds_before,
    {{ ratio('summed.known_seconds', 'summed.expected_seconds') }} as known_rate_of_expected
from summed
left join summed as before
    on
        summed.scope_id = before.scope_id
        and summed.meter_scope = before.meter_scope
        and summed.week_start_on = {{ add_days('before.week_start_on', 7) }}
