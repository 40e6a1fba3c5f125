-- Grain: one row per payment of a subsidy, or of one taken back: its account, and what was paid net since.
-- A payment belongs to the condition it names; else, under yearly renewal, to the window its day falls in.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

milestones as (
    select * from {{ ref('stg_registers__subsidy_milestones') }}
),

payments as (
    select
        payments.*,
        terms.earning_variant,
        terms.as_of_on,
        case payments.payment_kind when 'clawed_back' then -payments.amount_cny_fen else payments.amount_cny_fen end
            as signed_cny_fen
    from {{ ref('stg_registers__subsidy_payments') }} as payments
    inner join terms
        on payments.programme_id = terms.programme_id
),

years as (
    select
        payments.payment_id,
        min(extract(year from milestones.due_on)) as due_year
    from payments
    inner join milestones
        on payments.programme_id = milestones.programme_id
    where
        payments.earning_variant = 'rolling'
        and case
            when payments.milestone_id is not null then payments.milestone_id = milestones.milestone_id
            else milestones.measured_from <= payments.booked_on and payments.booked_on < milestones.measured_to
        end
    group by payments.payment_id
),

placed as (
    select
        payments.*,
        case payments.earning_variant
            when 'tranche' then coalesce(payments.milestone_id, 'unassigned')
            when 'rolling' then coalesce(cast(years.due_year as string), 'unassigned')
            else 'all'
        end as account_id
    from payments
    left join years
        on payments.payment_id = years.payment_id
)

select
    placed.payment_id,
    placed.programme_id,
    placed.account_id,
    placed.booked_on,
    placed.signed_cny_fen,
    cast(sum(placed.signed_cny_fen) over (
        partition by placed.programme_id, placed.account_id
        order by placed.booked_on nulls last, placed.payment_id nulls last
        rows between unbounded preceding and current row
    ) as bigint) as net_paid_cny_fen,
    {{ days_between(
        'placed.booked_on',
        'coalesce(lead(placed.booked_on) over ('
        ~ 'partition by placed.programme_id, placed.account_id '
        ~ 'order by placed.booked_on nulls last, placed.payment_id nulls last), placed.as_of_on)'
    ) }} as days_held
from placed
