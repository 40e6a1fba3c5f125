-- Grain: one row per metric, scope, part of a figure and measure whose sum over its evidence is that part.
with metric_parts as (
    select
        metric_id,
        weight,
        lower_part,
        upper_part,
        denominator_part
    from {{ ref('metric_parts') }}
),

named_parts as (
    select
        metric_id,
        weight,
        'numerator_lower' as part,
        lower_part as part_name
    from metric_parts
    union all
    select
        metric_id,
        weight,
        'numerator_upper' as part,
        upper_part as part_name
    from metric_parts
    union all
    select
        metric_id,
        weight,
        'denominator' as part,
        denominator_part as part_name
    from metric_parts
),

-- What a programme credits is a model's: its numerators are summed by model, its plan counts at nominal weight.
measured as (
    select
        named_parts.metric_id,
        case
            when named_parts.weight = 'place' then 'none'
            when named_parts.weight = 'credited' and named_parts.part = 'denominator' then 'pflops'
            else named_parts.weight
        end as weight,
        named_parts.part,
        part_measures.evidence,
        part_measures.measure,
        part_measures.portfolio_measure,
        part_measures.factor,
        part_measures.day_rule
    from named_parts
    inner join {{ ref('part_measures') }} as part_measures
        on named_parts.part_name = part_measures.part
    where
        named_parts.weight <> 'credited'
        or named_parts.part = 'denominator'
        or part_measures.evidence = 'model_day'
    union all
    select
        named_parts.metric_id,
        named_parts.weight,
        named_parts.part,
        'model_day' as evidence,
        named_parts.part_name || '_seconds' as measure,
        named_parts.part_name || '_seconds' as portfolio_measure,
        part_measures.factor,
        part_measures.day_rule
    from named_parts
    inner join {{ ref('part_measures') }} as part_measures
        on named_parts.part_name = part_measures.part
    where
        named_parts.weight = 'credited'
        and named_parts.part <> 'denominator'
        and part_measures.evidence = 'device_day'
),

measures as (
    select
        metric_id,
        'center' as scope,
        part,
        evidence,
        measure,
        weight,
        factor,
        day_rule
    from measured
    union all
    select
        metric_id,
        'portfolio' as scope,
        part,
        evidence,
        portfolio_measure as measure,
        weight,
        factor,
        day_rule
    from measured
    union all
    select
        metric_id,
        scope,
        part,
        evidence,
        measure,
        'none' as weight,
        factor,
        day_rule
    from {{ ref('figure_measures') }}
)

select
    measures.metric_id,
    measures.scope,
    measures.part,
    measures.evidence,
    measures.measure,
    measures.weight,
    measures.factor,
    measures.day_rule
from measures
