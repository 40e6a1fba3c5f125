-- Grain: one row per cash series and period; each center's monthly flows over the life of its servers.
with months as (
    select * from {{ ref('int_payback__projected_flows') }}
),

run_rates as (
    select
        center_id,
        view,
        subsidy,
        flow_basis
    from {{ ref('int_payback__run_rates') }}
    where withheld_reason is null
)

select
    run_rates.center_id || '/' || run_rates.view || '/' || run_rates.subsidy || '/' || run_rates.flow_basis
        as series_id,
    months.month_index as period_index,
    cast(12 as bigint) as periods_per_year,
    months.flow_cny_fen
from run_rates
inner join months
    on
        run_rates.center_id = months.center_id
        and run_rates.view = months.view
        and run_rates.subsidy = months.subsidy
        and run_rates.flow_basis = months.flow_basis
where
    not months.is_projected
    or months.month_index <= 12 * {{ policy_number('economics_life_years') }}
