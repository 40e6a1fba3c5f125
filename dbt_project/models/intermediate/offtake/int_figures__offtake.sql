-- Grain: one row per compliance figure of a commitment, as of the build, over its closed periods.
with periods as (
    select * from {{ ref('int_offtake__period_settled') }}
),

terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

metrics as (
    select
        metric_id,
        unit,
        definition_version
    from {{ ref('metrics') }}
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
),

latest_closed as (
    select *
    from periods
    where is_closed
    qualify row_number() over (
        partition by commitment_id
        order by period_sequence desc nulls last
    ) = 1
),

parts as (
    select
        'offtake_cumulative_compliance' as metric_id,
        terms.commitment_id,
        terms.center_id,
        terms.as_of_on,
        latest_closed.cumulative_eligible_quantity_milli as numerator,
        latest_closed.cumulative_eligible_upper_milli as numerator_upper,
        latest_closed.cumulative_relieved_quantity_milli as denominator,
        case when latest_closed.commitment_id is null then 'no_closed_period' end as withheld_reason
    from terms
    left join latest_closed
        on terms.commitment_id = latest_closed.commitment_id
    union all
    select
        'offtake_rolling_compliance' as metric_id,
        terms.commitment_id,
        terms.center_id,
        terms.as_of_on,
        latest_closed.rolling_eligible_quantity_milli as numerator,
        latest_closed.rolling_eligible_upper_milli as numerator_upper,
        latest_closed.rolling_relieved_quantity_milli as denominator,
        case
            when latest_closed.rolling_relieved_quantity_milli is null then 'not_enough_closed_periods'
        end as withheld_reason
    from terms
    left join latest_closed
        on terms.commitment_id = latest_closed.commitment_id
)

select
    parts.metric_id || '/' || parts.commitment_id || '/as_of/' || cast(parts.as_of_on as string) as figure_id,
    parts.metric_id,
    'commitment:' || parts.commitment_id as basis,
    parts.center_id,
    'as_of' as period_grain,
    parts.as_of_on as period_start,
    {{ add_days('parts.as_of_on', 1) }} as period_end,
    {{ ratio('parts.numerator', 'parts.denominator') }} as lower,
    {{ ratio('parts.numerator_upper', 'parts.denominator') }} as upper,
    case
        when parts.numerator = parts.numerator_upper then {{ ratio('parts.numerator', 'parts.denominator') }}
    end as observed,
    case
        when parts.withheld_reason is not null then parts.withheld_reason
        when parts.denominator = 0 then 'empty_denominator'
        when parts.numerator_upper is null then 'unit_not_converted'
        when parts.numerator < parts.numerator_upper then 'not_all_take_is_proven'
    end as withheld_reason,
    cast(null as double) as coverage,
    parts.numerator as numerator_lower,
    parts.numerator_upper,
    parts.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from parts
inner join metrics
    on parts.metric_id = metrics.metric_id
cross join build
