-- Grain: one row per center, model and first day on which what one card counts for is so.
-- Credited: nominal, cut to what was attested over the pass ratio. Without an attestation only a catalogue entry of
-- confidence A or B is credited, at its nominal weight; the rest is not credited at all.
with policy as (
    select cast({{ policy_number('attested_pass_ratio') }} * 1000 as bigint) as pass_ratio_milli
),

attestations as (
    select
        attested.center_id,
        attested.model_id,
        attested.attested_on as valid_from_on,
        attested.attestation_id,
        attested.attested_gflops,
        coalesce(attested.pass_ratio_milli, policy.pass_ratio_milli) as pass_ratio_milli,
        row_number() over (
            partition by attested.center_id, attested.model_id, attested.attested_on
            order by attested.attested_gflops nulls last, attested.attestation_id nulls last
        ) as place
    from {{ ref('stg_registers__attestations') }} as attested
    cross join policy
),

accelerators as (
    select * from {{ ref('accelerators') }}
),

named as (
    select
        center_id,
        model_id
    from {{ ref('int_rates__model_days') }}
    group by center_id, model_id
),

weights as (
    select
        named.center_id,
        named.model_id,
        cast('1900-01-01' as date) as valid_from_on,
        cast(null as bigint) as attested_gflops,
        case when accelerators.confidence in ('A', 'B') then accelerators.weight_gflops end as credited_gflops
    from named
    inner join accelerators
        on named.model_id = accelerators.model_id
    union all
    select
        attestations.center_id,
        attestations.model_id,
        attestations.valid_from_on,
        attestations.attested_gflops,
        least(
            accelerators.weight_gflops,
            cast(
                floor({{ ratio('attestations.attested_gflops * 1000', 'attestations.pass_ratio_milli') }} + 0.5)
                as bigint
            )
        ) as credited_gflops
    from attestations
    inner join accelerators
        on attestations.model_id = accelerators.model_id
    where attestations.place = 1 and accelerators.weight_gflops is not null
)

select
    weights.center_id,
    weights.model_id,
    weights.valid_from_on,
    lead(weights.valid_from_on) over (
        partition by weights.center_id, weights.model_id
        order by weights.valid_from_on nulls last
    ) as valid_to_on,
    weights.attested_gflops,
    weights.credited_gflops
from weights
