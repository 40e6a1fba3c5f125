-- Grain: one row per subsidy that an authority granted to a center.
with programmes as (
    select * from {{ ref('stg_registers__subsidy_programmes') }}
),

parties as (
    select * from {{ ref('dim_party') }}
),

payments as (
    select
        programme_id,
        {{ integer_sum("case when payment_kind = 'paid' then amount_cny_fen end") }} as paid_cny_fen,
        {{ integer_sum("case when payment_kind = 'clawed_back' then amount_cny_fen end") }} as clawed_back_cny_fen,
        count(*) as payment_count,
        max(booked_on) as last_booked_on
    from {{ ref('stg_registers__subsidy_payments') }}
    group by programme_id
),

milestones as (
    select
        programme_id,
        count(*) as milestone_count,
        {{ integer_sum("case when is_due then 1 end") }} as due_milestone_count,
        {{ integer_sum("case when declared_state = 'met' then 1 end") }} as declared_met_milestone_count
    from {{ ref('fct_milestone__subsidy') }}
    group by programme_id
),

summed as (
    select
        programmes.*,
        coalesce(payments.paid_cny_fen, 0) as paid_cny_fen,
        coalesce(payments.clawed_back_cny_fen, 0) as clawed_back_cny_fen,
        coalesce(payments.payment_count, 0) as payment_count,
        coalesce(milestones.milestone_count, 0) as milestone_count,
        coalesce(milestones.due_milestone_count, 0) as due_milestone_count,
        coalesce(milestones.declared_met_milestone_count, 0) as declared_met_milestone_count,
        payments.last_booked_on,
        authorities.party_name_zh as authority_name_zh,
        authorities.party_name_en as authority_name_en,
        grantees.party_name_zh as grantee_name_zh,
        grantees.party_name_en as grantee_name_en
    from programmes
    left join payments
        on programmes.programme_id = payments.programme_id
    left join milestones
        on programmes.programme_id = milestones.programme_id
    left join parties as authorities
        on programmes.authority_party_id = authorities.party_id
    left join parties as grantees
        on programmes.grantee_party_id = grantees.party_id
)

select
    summed.programme_id,
    summed.center_id,
    summed.authority_party_id,
    summed.authority_name_zh,
    summed.authority_name_en,
    summed.grantee_party_id,
    summed.grantee_name_zh,
    summed.grantee_name_en,
    summed.subsidy_kind,
    summed.document,
    summed.signed_on,
    summed.valid_from,
    summed.valid_to,
    summed.last_booked_on,
    cast(summed.payment_count as bigint) as payment_count,
    cast(summed.milestone_count as bigint) as milestone_count,
    cast(summed.due_milestone_count as bigint) as due_milestone_count,
    cast(summed.declared_met_milestone_count as bigint) as declared_met_milestone_count,
    summed.granted_cny_fen,
    cast(summed.paid_cny_fen as bigint) as paid_cny_fen,
    cast(summed.clawed_back_cny_fen as bigint) as clawed_back_cny_fen,
    cast(summed.paid_cny_fen - summed.clawed_back_cny_fen as bigint) as net_paid_cny_fen,
    {{ ratio('summed.paid_cny_fen - summed.clawed_back_cny_fen', 'summed.granted_cny_fen') }}
        as net_paid_rate_of_granted
from summed
