-- Grain: one row per center, driver and change; simple payback with one thing changed by the step of the policy.
with bases as (
    select
        center_id,
        elapsed_months,
        capex_cny_fen,
        unrecovered_cny_fen
    from {{ ref('int_stress__bases') }}
),

years as (
    select
        center_id,
        receipt_cny_fen,
        tax_cny_fen,
        true_up_cny_fen,
        fixed_opex_cny_fen,
        energy_cny_fen
    from {{ ref('int_payback__trailing_years') }}
),

steps as (
    select
        {{ policy_number('stress_step_ratio') }} as step_ratio,
        {{ policy_number('payback_horizon_months') }} as horizon_months
),

changes as (
    select
        drivers.driver,
        directions.change,
        directions.sign_number * steps.step_ratio as change_ratio,
        steps.horizon_months
    from
        (values ('price'), ('sold'), ('tariff'), ('fixed_cost'), ('capex')) as drivers (driver)
    cross join (values ('down', -1), ('up', 1)) as directions (change, sign_number)
    cross join steps
),

-- Receipts follow price and quantity, tax follows receipts, energy follows the tariff and, where sold, the quantity.
changed as (
    select
        bases.center_id,
        changes.driver,
        changes.change,
        changes.change_ratio,
        changes.horizon_months,
        bases.elapsed_months,
        bases.unrecovered_cny_fen
        + case when changes.driver = 'capex' then bases.capex_cny_fen * changes.change_ratio else 0 end
            as unrecovered_cny_fen,
        (
            years.true_up_cny_fen
            + (years.receipt_cny_fen - years.tax_cny_fen)
            * (case when changes.driver in ('price', 'sold') then 1 + changes.change_ratio else 1 end)
            - years.fixed_opex_cny_fen
            * (case when changes.driver = 'fixed_cost' then 1 + changes.change_ratio else 1 end)
            - years.energy_cny_fen
            * (case when changes.driver in ('tariff', 'sold') then 1 + changes.change_ratio else 1 end)
        ) / 12 as monthly_net_cash_cny_fen
    from bases
    inner join years
        on bases.center_id = years.center_id
    cross join changes
),

paid_back as (
    select
        changed.*,
        changed.elapsed_months + changed.unrecovered_cny_fen / nullif(changed.monthly_net_cash_cny_fen, 0)
            as payback_months_at_this_rate
    from changed
)

select
    center_id,
    driver,
    change,
    change_ratio,
    cast(round(monthly_net_cash_cny_fen) as bigint) as monthly_net_cash_cny_fen,
    case
        when
            monthly_net_cash_cny_fen > 0 and payback_months_at_this_rate <= horizon_months
            then round(greatest(payback_months_at_this_rate, 0), 6)
    end as payback_months,
    case
        when
            monthly_net_cash_cny_fen <= 0 or payback_months_at_this_rate > horizon_months
            then 'never_at_this_run_rate'
    end as payback_reason
from paid_back
