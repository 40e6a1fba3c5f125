-- Grain: one row per scenario and lease that is given up in it, at the earliest date its terms allow.
with terms as (
    select
        {{ policy_number('stress_notice_months') }} as notice_months,
        {{ policy_number('stress_penalty_months') }} as penalty_months
),

leases as (
    select
        backlog.lease_id,
        backlog.center_id,
        backlog.tenant_party_id,
        backlog.firmness,
        backlog.ends_on,
        backlog.as_of_on,
        backlog.last_month_billed_cny_fen as monthly_cny_fen,
        tenants.billed_rank
    from {{ ref('int_leases__backlog') }} as backlog
    inner join {{ ref('int_leases__tenants') }} as tenants
        on
            backlog.center_id = tenants.center_id
            and backlog.tenant_party_id = tenants.tenant_party_id
    where backlog.last_month_billed_cny_fen > 0
),

scenarios as (
    select
        named.scenario,
        named.most_ranks
    from (values ('top_1_leaves', 1), ('top_3_leave', 3)) as named (scenario, most_ranks)
),

-- A firm lease is paid to its signed end, others for the notice, at most to that end.
dated as (
    select
        scenarios.scenario,
        leases.*,
        {{ month_number('leases.ends_on') }} - {{ month_number('leases.as_of_on') }} as months_to_end,
        terms.notice_months,
        terms.penalty_months
    from leases
    inner join scenarios
        on leases.billed_rank <= scenarios.most_ranks
    cross join terms
)

select
    scenario,
    lease_id,
    center_id,
    tenant_party_id,
    monthly_cny_fen,
    cast(
        case
            when firmness in ('firm_prepaid', 'firm') then months_to_end
            else least(months_to_end, notice_months)
        end as bigint
    ) as paid_months,
    case
        when firmness = 'cancellable_penalty' and months_to_end > notice_months
            then cast(round(monthly_cny_fen * least(penalty_months, months_to_end - notice_months)) as bigint)
        else 0
    end as penalty_cny_fen
from dated
