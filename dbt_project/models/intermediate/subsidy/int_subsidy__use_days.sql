-- Grain: one row per center and local day: planned, able, lit and business time, and what of it is delivered.
-- Plan and register count capped by model, so that a model too many makes up for no other. GFLOPS are credited ones.
{%- set seconds = ['planned', 'able', 'lit_lower', 'lit_upper', 'business_lower', 'business_upper'] %}
with model_days as (
    select * from {{ ref('int_rates__model_days') }}
),

weights as (
    select * from {{ ref('int_subsidy__weight_days') }}
)

select
    model_days.center_id,
    model_days.local_day,
    {% for part in seconds %}
        {{ integer_sum('model_days.' ~ part) }} as {{ part }}_card_seconds,
    {% endfor %}
    {{ wide_sum('model_days.planned_end * weights.nominal_gflops') }} as planned_end_gflops,
    {{ wide_sum('model_days.capped_end_lower * weights.gflops_lower') }} as delivered_end_gflops_lower,
    {{ wide_sum('model_days.capped_end_upper * weights.gflops_upper') }} as delivered_end_gflops_upper,
    {{ wide_sum('cast(model_days.able as decimal(38, 0)) * weights.gflops_upper') }} as able_gflops_seconds_upper,
    {{ wide_sum('cast(model_days.proven as decimal(38, 0)) * weights.gflops_lower') }} as able_gflops_seconds_lower,
    {{ wide_sum('cast(model_days.lit_lower as decimal(38, 0)) * weights.gflops_lower') }} as lit_gflops_seconds_lower,
    {{ wide_sum('cast(model_days.lit_upper as decimal(38, 0)) * weights.gflops_upper') }} as lit_gflops_seconds_upper,
    {{ wide_sum('cast(model_days.business_lower as decimal(38, 0)) * weights.gflops_lower') }}
        as business_gflops_seconds_lower,
    {{ wide_sum('cast(model_days.business_upper as decimal(38, 0)) * weights.gflops_upper') }}
        as business_gflops_seconds_upper
from model_days
left join weights
    on
        model_days.center_id = weights.center_id
        and model_days.model_id = weights.model_id
        and weights.valid_from_on <= model_days.local_day
        and (weights.valid_to_on is null or model_days.local_day < weights.valid_to_on)
group by model_days.center_id, model_days.local_day
