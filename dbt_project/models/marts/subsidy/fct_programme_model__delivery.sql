-- Grain: one row per subsidy and accelerator model planned or listed in its center, on the last day with readings.
with programmes as (
    select
        programme_id,
        center_id
    from {{ ref('int_subsidy__programme_terms') }}
),

last_days as (
    select * from {{ ref('int_subsidy__last_days') }}
),

counts as (
    select
        model_days.center_id,
        model_days.model_id,
        model_days.local_day,
        {{ integer_sum('model_days.planned_end') }} as planned_card_count,
        {{ integer_sum('model_days.capped_end_lower') }} as delivered_card_count_lower,
        {{ integer_sum('model_days.capped_end_upper') }} as delivered_card_count_upper
    from {{ ref('int_rates__model_days') }} as model_days
    inner join last_days
        on
            model_days.center_id = last_days.center_id
            and model_days.local_day = last_days.last_day
    group by model_days.center_id, model_days.model_id, model_days.local_day
),

weights as (
    select * from {{ ref('fct_center_model__weight') }}
),

accelerators as (
    select
        model_id,
        display_name
    from {{ ref('accelerators') }}
)

select
    programmes.programme_id,
    counts.model_id,
    programmes.center_id,
    accelerators.display_name,
    counts.local_day,
    weights.not_credited_reason,
    counts.planned_card_count,
    counts.delivered_card_count_lower,
    counts.delivered_card_count_upper,
    weights.nominal_gflops,
    weights.attested_gflops,
    weights.credited_gflops,
    counts.planned_card_count * weights.nominal_gflops as promised_gflops,
    counts.delivered_card_count_lower * coalesce(weights.credited_gflops, 0) as delivered_gflops_lower,
    counts.delivered_card_count_upper * coalesce(weights.credited_gflops, weights.nominal_gflops)
        as delivered_gflops_upper,
    counts.delivered_card_count_lower * weights.attested_gflops as attested_measured_gflops
from programmes
inner join counts
    on programmes.center_id = counts.center_id
inner join weights
    on
        counts.center_id = weights.center_id
        and counts.model_id = weights.model_id
inner join accelerators
    on counts.model_id = accelerators.model_id
where
    counts.planned_card_count > 0
    or counts.delivered_card_count_upper > 0
