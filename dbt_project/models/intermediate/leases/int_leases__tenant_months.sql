-- Grain: one row per center, tenant and billed month of the center since the tenant's first lease began.
with firsts as (
    select
        center_id,
        tenant_party_id,
        min(month_start_on) as first_month_on
    from {{ ref('int_leases__months') }}
    group by center_id, tenant_party_id
),

months as (
    select
        center_id,
        month_start_on
    from {{ ref('int_leases__months') }}
    group by center_id, month_start_on
)

select
    firsts.center_id,
    firsts.tenant_party_id,
    months.month_start_on,
    {{ integer_sum('lease_months.billed_net_cny_fen') }} as billed_net_cny_fen
from firsts
inner join months
    on
        firsts.center_id = months.center_id
        and months.month_start_on >= firsts.first_month_on
left join {{ ref('int_leases__months') }} as lease_months
    on
        firsts.center_id = lease_months.center_id
        and firsts.tenant_party_id = lease_months.tenant_party_id
        and months.month_start_on = lease_months.month_start_on
group by firsts.center_id, firsts.tenant_party_id, months.month_start_on
