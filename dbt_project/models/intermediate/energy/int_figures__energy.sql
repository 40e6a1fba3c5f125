-- Grain: one row per figure: the PUE of a center in a month in which its whole and most of its machines are metered.
with months as (
    select *
    from {{ ref('int_energy__center_months') }}
    where pue_upper is not null
),

metrics as (
    select
        metric_id,
        basis,
        unit,
        definition_version
    from {{ ref('metrics') }}
    where metric_id = 'pue'
),

build as (
    select as_of_at from {{ ref('stg_intake__build') }}
),

measures as (
    select
        center_id,
        month_start_on,
        pue,
        pue_withheld_reason,
        machine_known_rate_of_expected,
        facility_energy_wh as numerator_upper,
        facility_energy_wh_lower as numerator_lower,
        machine_energy_wh as denominator
    from months
)

select
    metrics.metric_id || '/' || measures.center_id || '/month/' || cast(measures.month_start_on as string) as figure_id,
    metrics.metric_id,
    metrics.basis,
    measures.center_id,
    'month' as period_grain,
    measures.month_start_on as period_start,
    {{ add_months('measures.month_start_on', 1) }} as period_end,
    {{ ratio('measures.numerator_lower', 'measures.denominator') }} as lower,
    {{ ratio('measures.numerator_upper', 'measures.denominator') }} as upper,
    measures.pue as observed,
    measures.pue_withheld_reason as withheld_reason,
    measures.machine_known_rate_of_expected as coverage,
    measures.numerator_lower,
    measures.numerator_upper,
    measures.denominator,
    metrics.unit,
    build.as_of_at,
    metrics.definition_version
from measures
cross join metrics
cross join build
