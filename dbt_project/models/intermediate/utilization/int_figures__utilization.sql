-- Grain: one row per figure: a utilization metric of one center, or of all (ALL), in one day or month.
with sums as (
    select * from {{ ref('int_utilization__period_sums') }}
),

rates as (
    select * from {{ ref('int_utilization__period_rates') }}
),

metrics as (
    select
        metric_id,
        basis,
        unit,
        definition_version
    from {{ ref('metrics') }}
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
),

measures as (
    select
        'racked_device_avg' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.racked_rate_of_planned_device_lower as lower,
        rates.racked_rate_of_planned_device_upper as upper,
        case
            when
                rates.racked_rate_of_planned_device_lower
                = rates.racked_rate_of_planned_device_upper
                then rates.racked_rate_of_planned_device_lower
        end as observed,
        case
            when sums.planned_card_seconds = 0 then 'empty_denominator'
            when
                rates.racked_rate_of_planned_device_lower
                < rates.racked_rate_of_planned_device_upper
                then 'not_all_able_time_is_proven'
        end as withheld_reason,
        cast(null as double) as coverage,
        cast(sums.racked_card_seconds_lower as decimal(38, 0)) as numerator_lower,
        cast(sums.racked_card_seconds_upper as decimal(38, 0)) as numerator_upper,
        cast(sums.planned_card_seconds as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
    union all
    select
        'racked_device_point' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.racked_rate_of_planned_device_at_day_end_lower as lower,
        rates.racked_rate_of_planned_device_at_day_end_upper as upper,
        case
            when
                rates.racked_rate_of_planned_device_at_day_end_lower
                = rates.racked_rate_of_planned_device_at_day_end_upper
                then rates.racked_rate_of_planned_device_at_day_end_lower
        end as observed,
        case
            when sums.planned_card_count = 0 then 'empty_denominator'
            when
                rates.racked_rate_of_planned_device_at_day_end_lower
                < rates.racked_rate_of_planned_device_at_day_end_upper
                then 'not_all_able_time_is_proven'
        end as withheld_reason,
        cast(null as double) as coverage,
        cast(sums.racked_card_count_at_day_end_lower as decimal(38, 0)) as numerator_lower,
        cast(sums.racked_card_count_at_day_end_upper as decimal(38, 0)) as numerator_upper,
        cast(sums.planned_card_count as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
    union all
    select
        'racked_pflops_avg' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.racked_rate_of_planned_pflops_lower as lower,
        rates.racked_rate_of_planned_pflops_upper as upper,
        case
            when
                rates.racked_rate_of_planned_pflops_lower
                = rates.racked_rate_of_planned_pflops_upper
                then rates.racked_rate_of_planned_pflops_lower
        end as observed,
        case
            when sums.planned_gflops_seconds = 0 then 'empty_denominator'
            when
                rates.racked_rate_of_planned_pflops_lower
                < rates.racked_rate_of_planned_pflops_upper
                then 'not_all_able_time_is_proven'
        end as withheld_reason,
        cast(null as double) as coverage,
        cast(sums.racked_gflops_seconds_lower as decimal(38, 0)) as numerator_lower,
        cast(sums.racked_gflops_seconds_upper as decimal(38, 0)) as numerator_upper,
        cast(sums.planned_gflops_seconds as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
    union all
    select
        'lit_of_racked' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.lit_rate_of_racked_lower as lower,
        rates.lit_rate_of_racked_upper as upper,
        rates.lit_rate_of_racked_observed as observed,
        rates.lit_rate_of_racked_withheld_reason as withheld_reason,
        rates.coverage_of_racked as coverage,
        cast(sums.lit_card_seconds_lower as decimal(38, 0)) as numerator_lower,
        cast(sums.lit_card_seconds_upper as decimal(38, 0)) as numerator_upper,
        cast(sums.racked_card_seconds_upper as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
    union all
    select
        'lit_on_plan' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.lit_rate_of_planned_lower as lower,
        rates.lit_rate_of_planned_upper as upper,
        case
            when
                rates.lit_rate_of_planned_lower
                = rates.lit_rate_of_planned_upper
                then rates.lit_rate_of_planned_lower
        end as observed,
        case
            when sums.planned_card_seconds = 0 then 'empty_denominator'
            when
                rates.lit_rate_of_planned_lower
                < rates.lit_rate_of_planned_upper
                then 'not_all_able_time_is_known'
        end as withheld_reason,
        rates.coverage_of_racked as coverage,
        cast(sums.lit_card_seconds_lower as decimal(38, 0)) as numerator_lower,
        cast(sums.lit_card_seconds_upper as decimal(38, 0)) as numerator_upper,
        cast(sums.planned_card_seconds as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
    union all
    select
        'coverage_of_racked' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.coverage_of_racked as lower,
        rates.coverage_of_racked as upper,
        rates.coverage_of_racked as observed,
        case when sums.racked_card_seconds_upper = 0 then 'empty_denominator' end as withheld_reason,
        rates.coverage_of_racked as coverage,
        cast(sums.known_card_seconds as decimal(38, 0)) as numerator_lower,
        cast(sums.known_card_seconds as decimal(38, 0)) as numerator_upper,
        cast(sums.racked_card_seconds_upper as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
    union all
    select
        'sold_of_racked' as metric_id,
        sums.scope_id,
        sums.period_grain,
        sums.period_start_on,
        sums.period_end_on,
        rates.sold_rate_of_racked as lower,
        rates.sold_rate_of_racked as upper,
        rates.sold_rate_of_racked as observed,
        case when sums.racked_card_seconds_upper = 0 then 'empty_denominator' end as withheld_reason,
        cast(null as double) as coverage,
        cast(sums.sold_card_seconds as decimal(38, 0)) as numerator_lower,
        cast(sums.sold_card_seconds as decimal(38, 0)) as numerator_upper,
        cast(sums.racked_card_seconds_upper as decimal(38, 0)) as denominator
    from sums
    inner join rates
        on
            sums.scope_id = rates.scope_id
            and sums.period_grain = rates.period_grain
            and sums.period_start_on = rates.period_start_on
)

select
    measures.metric_id || '/' || measures.scope_id || '/' || measures.period_grain || '/'
    || cast(measures.period_start_on as string) as figure_id,
    measures.metric_id,
    metrics.basis,
    nullif(measures.scope_id, 'ALL') as center_id,
    measures.period_grain,
    measures.period_start_on as period_start,
    measures.period_end_on as period_end,
    measures.lower,
    measures.upper,
    measures.observed,
    measures.withheld_reason,
    measures.coverage,
    measures.numerator_lower,
    measures.numerator_upper,
    measures.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from measures
inner join metrics
    on measures.metric_id = metrics.metric_id
cross join build
