-- Grain: one row per center, driver of payback and change.
with drivers as (
    select * from {{ ref('int_stress__drivers') }}
),

bases as (
    select
        center_id,
        payback_months,
        payback_reason
    from {{ ref('int_payback__center_paybacks') }}
    where
        view = 'project'
        and subsidy = 'without'
        and flow_basis = 'run_rate_t12m'
)

select
    drivers.center_id,
    drivers.driver,
    drivers.change,
    drivers.change_ratio,
    drivers.monthly_net_cash_cny_fen,
    drivers.payback_months,
    drivers.payback_reason,
    bases.payback_months as base_payback_months,
    bases.payback_reason as base_payback_reason,
    drivers.payback_months - bases.payback_months as difference_months
from drivers
inner join bases
    on drivers.center_id = bases.center_id
