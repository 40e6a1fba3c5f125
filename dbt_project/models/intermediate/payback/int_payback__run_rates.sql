-- Grain: one row per center, view, subsidy and flow basis; totals to date and the trailing recurring cash.
with flows as (
    select * from {{ ref('int_payback__flows') }}
),

clock as (
    select * from {{ ref('int_payback__center_clock') }}
),

variants as (
    select
        clock.center_id,
        views.view_name,
        subsidies.subsidy,
        bases.flow_basis,
        bases.trailing_month_count
    from clock
    cross join (values ('project'), ('owner')) as views (view_name)
    cross join (values ('with'), ('without')) as subsidies (subsidy)
    cross join
        (values ('realised', null), ('contracted', 12), ('run_rate_t3m', 3), ('run_rate_t12m', 12)) as bases (
            flow_basis, trailing_month_count
        )
),

ranked as (
    select
        flows.*,
        row_number() over (
            partition by flows.center_id, flows.view, flows.subsidy
            order by flows.month_start_on desc nulls last
        ) as months_back
    from flows
),

totals as (
    select
        variants.center_id,
        variants.view_name,
        variants.subsidy,
        variants.flow_basis,
        variants.trailing_month_count,
        max(ranked.month_index) as elapsed_months,
        max(ranked.month_start_on) as last_month_on,
        {{ integer_sum('ranked.capex_cny_fen') }} as capex_cny_fen,
        {{ integer_sum('ranked.recurring_cny_fen + ranked.subsidy_cny_fen') }} as recovered_cny_fen,
        {{ integer_sum('case when ranked.is_operating then 1 else 0 end') }} as operating_month_count,
        -- A subsidy or a vendor's contribution comes once: a run-rate that repeats it every month would be false.
        {{ integer_sum(
            'case when ranked.months_back <= variants.trailing_month_count then ranked.recurring_cny_fen else 0 end'
        ) }} as trailing_recurring_cny_fen
    from variants
    left join ranked
        on
            variants.center_id = ranked.center_id
            and variants.view_name = ranked.view
            and variants.subsidy = ranked.subsidy
    group by
        variants.center_id, variants.view_name, variants.subsidy, variants.flow_basis, variants.trailing_month_count
)

select
    center_id,
    view_name as view,
    subsidy,
    flow_basis,
    trailing_month_count,
    elapsed_months,
    last_month_on,
    capex_cny_fen,
    recovered_cny_fen,
    case
        when capex_cny_fen <= 0 then 'no_capex'
        when operating_month_count < trailing_month_count then 'not_enough_months'
    end as withheld_reason,
    case
        when operating_month_count >= trailing_month_count then trailing_recurring_cny_fen
    end as trailing_recurring_cny_fen
from totals
