-- Grain: one row per figure: the PUE of a center in a month in which its whole and most of its machines are metered.
with months as (
    select *
    from {{ ref('int_energy__center_months') }}
    where pue_upper is not null
),

measures as (
    select
        'pue' as metric_id,
        center_id as scope_id,
        month_start_on,
        facility_energy_wh_lower as numerator_lower,
        facility_energy_wh as numerator_upper,
        machine_energy_wh as denominator,
        pue_withheld_reason as withheld_reason,
        machine_known_rate_of_expected as coverage
    from months
)

{{ monthly_figures('measures') }}
