-- Grain: one row per lease in force that is billed; the earliest its tenant can leave, and what it still pays then.
with terms as (
    select
        {{ policy_number('stress_notice_months') }} as notice_months,
        {{ policy_number('stress_penalty_months') }} as penalty_months
),

vendors as (
    select
        center_id,
        vendor_party_id
    from {{ ref('stg_registers__offtake_commitments') }}
    group by center_id, vendor_party_id
),

-- The vendor itself, and whoever is related to it on the day of as-of: they are there because it is.
vendor_side as (
    select
        center_id,
        vendor_party_id as party_id
    from vendors
    union
    select
        vendors.center_id,
        relations.other_party_id as party_id
    from vendors
    inner join {{ ref('int_parties__relations') }} as relations
        on vendors.vendor_party_id = relations.party_id
    inner join {{ ref('int_payback__center_clock') }} as clock
        on vendors.center_id = clock.center_id
    where
        not relations.is_soft
        and relations.valid_from <= clock.as_of_on
        and coalesce(relations.valid_to > clock.as_of_on, true)
),

leases as (
    select
        backlog.lease_id,
        backlog.center_id,
        backlog.tenant_party_id,
        backlog.firmness,
        backlog.ends_on,
        backlog.last_month_billed_cny_fen as monthly_cny_fen,
        tenants.billed_rank,
        vendor_side.party_id is not null as is_vendor_side,
        {{ month_number('backlog.ends_on') }} - {{ month_number('backlog.as_of_on') }} as months_to_end
    from {{ ref('int_leases__backlog') }} as backlog
    inner join {{ ref('int_leases__tenants') }} as tenants
        on
            backlog.center_id = tenants.center_id
            and backlog.tenant_party_id = tenants.tenant_party_id
    left join vendor_side
        on
            backlog.center_id = vendor_side.center_id
            and backlog.tenant_party_id = vendor_side.party_id
    where backlog.last_month_billed_cny_fen > 0
)

-- A firm lease is paid to its signed end, others for the notice, at most to that end.
select
    leases.lease_id,
    leases.center_id,
    leases.tenant_party_id,
    leases.firmness,
    leases.ends_on,
    leases.billed_rank,
    leases.is_vendor_side,
    leases.monthly_cny_fen,
    cast(
        case
            when leases.firmness in ('firm_prepaid', 'firm') then leases.months_to_end
            else least(leases.months_to_end, terms.notice_months)
        end as bigint
    ) as paid_months,
    case
        when leases.firmness = 'cancellable_penalty' and leases.months_to_end > terms.notice_months
            then cast(
                round(
                    leases.monthly_cny_fen * least(terms.penalty_months, leases.months_to_end - terms.notice_months)
                ) as bigint
            )
        else 0
    end as penalty_cny_fen
from leases
cross join terms
