-- Grain: one row per metric, scope, part and measure whose sum over its evidence is that part.
with figure_measures as (
    select * from {{ ref('figure_measures') }}
)

select
    figure_measures.metric_id,
    figure_measures.scope,
    figure_measures.part,
    figure_measures.evidence,
    figure_measures.measure,
    figure_measures.factor,
    figure_measures.day_rule
from figure_measures
