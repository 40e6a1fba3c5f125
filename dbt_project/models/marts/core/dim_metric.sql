-- Grain: one row per published metric.
with metrics as (
    select * from {{ ref('metrics') }}
)

select
    metrics.metric_id,
    metrics.basis,
    metrics.name_zh,
    metrics.name_en,
    metrics.unit,
    metrics.numerator_zh,
    metrics.numerator_en,
    metrics.denominator_zh,
    metrics.denominator_en,
    metrics.formula_zh,
    metrics.formula_en,
    metrics.definition_version,
    metrics.default_audience,
    metrics.subject,
    metrics.valid_from
from metrics
