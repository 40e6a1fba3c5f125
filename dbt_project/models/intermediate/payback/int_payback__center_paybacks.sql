-- Grain: one row per center, view, subsidy and flow basis.
with run_rates as (
    select
        run_rates.*,
        run_rates.center_id || '/' || run_rates.view || '/' || run_rates.subsidy || '/' || run_rates.flow_basis
            as series_id,
        case run_rates.flow_basis
            when 'realised' then 'not_reached'
            when 'contracted' then 'not_within_contracts'
            else 'never_at_this_run_rate'
        end as unreached_reason
    from {{ ref('int_payback__run_rates') }} as run_rates
),

crossings as (
    select * from {{ ref('int_payback__crossings') }}
),

npvs as (
    select * from {{ ref('int_payback__series_npv') }}
),

irrs as (
    select * from {{ ref('int_payback__series_irr') }}
),

clock as (
    select
        center_id,
        {{ month_number('commissioned_on') }} - {{ month_number('month_zero_on') }} as commissioning_months
    from {{ ref('int_payback__center_clock') }}
),

joined as (
    select
        run_rates.*,
        case when run_rates.withheld_reason is null then crossings.payback_months end as payback_months,
        case when run_rates.withheld_reason is null then crossings.discounted_payback_months end
            as discounted_payback_months,
        clock.commissioning_months,
        npvs.npv_cny_fen,
        irrs.irr_rate,
        irrs.irr_reason
    from run_rates
    left join crossings
        on
            run_rates.center_id = crossings.center_id
            and run_rates.view = crossings.view
            and run_rates.subsidy = crossings.subsidy
            and run_rates.flow_basis = crossings.flow_basis
    left join clock
        on run_rates.center_id = clock.center_id
    left join npvs
        on run_rates.series_id = npvs.series_id
    left join irrs
        on run_rates.series_id = irrs.series_id
)

select
    center_id,
    view,
    subsidy,
    flow_basis,
    capex_cny_fen,
    recovered_cny_fen,
    case when capex_cny_fen > 0 then {{ ratio('recovered_cny_fen', 'capex_cny_fen') }} end as recovered_share,
    case
        when flow_basis <> 'contracted'
            then cast(round(cast(trailing_recurring_cny_fen as double) / trailing_month_count) as bigint)
    end as trailing_monthly_net_cash_cny_fen,
    elapsed_months,
    payback_months,
    commissioning_months,
    case
        when payback_months is not null and commissioning_months is not null
            then greatest(payback_months - commissioning_months, 0)
    end as payback_months_from_commissioning,
    coalesce(
        withheld_reason, case when payback_months is null then unreached_reason end
    ) as payback_reason,
    discounted_payback_months,
    coalesce(
        withheld_reason, case when discounted_payback_months is null then unreached_reason end
    ) as discounted_payback_reason,
    npv_cny_fen,
    irr_rate,
    coalesce(withheld_reason, irr_reason) as irr_reason,
    {{ policy_number('economics_wacc_rate') }} as discount_rate
from joined
