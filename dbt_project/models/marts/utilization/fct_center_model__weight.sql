-- Grain: one row per center and model planned or listed in it.
with weights as (
    select * from {{ ref('int_rates__credited_weights') }}
    where valid_to_on is null
),

accelerators as (
    select * from {{ ref('accelerators') }}
),

attested as (
    select
        center_id,
        model_id,
        max(valid_from_on) as attested_on
    from {{ ref('int_rates__credited_weights') }}
    where attested_gflops is not null
    group by center_id, model_id
)

select
    weights.center_id,
    weights.model_id,
    accelerators.confidence,
    accelerators.logical_devices_per_card,
    accelerators.marketed_gflops,
    accelerators.weight_gflops as nominal_gflops,
    weights.attested_gflops,
    weights.credited_gflops,
    attested.attested_on,
    {{ ratio('accelerators.marketed_gflops', 'accelerators.weight_gflops') }} as marketed_ratio_of_nominal,
    {{ ratio('weights.attested_gflops', 'accelerators.weight_gflops') }} as attested_ratio_of_nominal,
    {{ ratio('weights.credited_gflops', 'accelerators.weight_gflops') }} as credited_ratio_of_nominal,
    case
        when accelerators.weight_gflops is null then 'no_published_peak'
        when weights.credited_gflops is null then 'confidence_needs_attestation'
    end as not_credited_reason
from weights
inner join accelerators
    on weights.model_id = accelerators.model_id
left join attested
    on
        weights.center_id = attested.center_id
        and weights.model_id = attested.model_id
