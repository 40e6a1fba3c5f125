-- Grain: one row per center and quarter with a month whose energies cannot all be true: cards above the meters of their
-- machines, a bill below them, or more lit time than the meters' energy could feed at rest. Where meters were silent
-- for part of the month they may have missed the rest, and it is undetermined.
with months as (
    select * from {{ ref('int_energy__center_months') }}
),

lit_energy as (
    select
        card_days.center_id,
        {{ month_start('card_days.local_day') }} as month_start_on,
        {{ ratio('sum(card_days.lit_seconds * accelerators.idle_w)', '3600') }} as lit_idle_wh
    from {{ ref('int_findings__card_days') }} as card_days
    inner join {{ ref('accelerators') }} as accelerators
        on card_days.model_id = accelerators.model_id
    group by card_days.center_id, {{ month_start('card_days.local_day') }}
),

compared as (
    select
        months.center_id,
        months.month_start_on,
        months.is_facility_below_machines,
        months.machine_known_rate_of_expected,
        {{
            ratio(
                'greatest(months.device_energy_wh, coalesce(lit_energy.lit_idle_wh, 0)) '
                '* months.machine_known_rate_of_expected',
                'months.machine_energy_wh'
            )
        }} as ratio_lower
    from months
    left join lit_energy
        on
            months.center_id = lit_energy.center_id
            and months.month_start_on = lit_energy.month_start_on
),

judged as (
    select
        compared.*,
        compared.is_facility_below_machines
        or (
            compared.ratio_lower > {{ policy_number('f13_device_over_meter') }}
            and compared.machine_known_rate_of_expected >= {{ policy_number('f13_known_rate') }}
        ) as is_certain
    from compared
    where
        compared.is_facility_below_machines
        or compared.ratio_lower > {{ policy_number('f13_device_over_meter') }}
),

found as (
    select
        center_id,
        'center' as subject_kind,
        center_id as subject_id,
        {{ quarter_start('month_start_on') }} as period_start_on,
        min(month_start_on) as evidence_start_on,
        {{ add_months('max(month_start_on)', '1') }} as period_end_on,
        max(ratio_lower) as observed,
        {{ policy_number('f13_device_over_meter') }} as expected,
        case when max(case when is_certain then 1 else 0 end) = 1 then 'holds' else 'undetermined' end as verdict,
        false as is_weak,
        case when max(case when is_certain then 1 else 0 end) = 1 then 0.8 else 0.3 end as confidence,
        count(*) as evidence_count,
        center_id || ' / ' || cast(min(month_start_on) as string) as first_evidence_key,
        center_id || ' / ' || cast(max(month_start_on) as string) as last_evidence_key
    from judged
    group by center_id, {{ quarter_start('month_start_on') }}
)

{{ finding_shape('F13', 'found') }}
