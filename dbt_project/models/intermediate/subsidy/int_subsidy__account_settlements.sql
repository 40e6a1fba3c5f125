-- Grain: one row per subsidy and account: paid against earned, what is owed back at both bounds, and interest on it.
-- Money paid to no account in particular is owed back at the lower bound of what was earned, and not at the upper.
with accounts as (
    select * from {{ ref('int_subsidy__accounts') }}
),

movements as (
    select * from {{ ref('int_subsidy__account_movements') }}
),

terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

named as (
    select
        programme_id,
        account_id
    from accounts
    union
    select
        programme_id,
        account_id
    from movements
),

paid as (
    select
        programme_id,
        account_id,
        {{ integer_sum('signed_cny_fen') }} as net_paid_cny_fen
    from movements
    group by programme_id, account_id
),

earned as (
    select
        named.programme_id,
        named.account_id,
        accounts.account_id is not null as is_assigned,
        coalesce(accounts.earned_cny_fen_lower, 0) as earned_cny_fen_lower,
        coalesce(accounts.earned_cny_fen_upper, greatest(coalesce(paid.net_paid_cny_fen, 0), 0))
            as earned_cny_fen_upper,
        coalesce(accounts.open_cny_fen, 0) as open_cny_fen,
        coalesce(accounts.open_cny_fen_upper, 0) as open_cny_fen_upper,
        coalesce(accounts.due_milestone_count, 0) as due_milestone_count,
        coalesce(paid.net_paid_cny_fen, 0) as net_paid_cny_fen
    from named
    left join accounts
        on
            named.programme_id = accounts.programme_id
            and named.account_id = accounts.account_id
    left join paid
        on
            named.programme_id = paid.programme_id
            and named.account_id = paid.account_id
),

-- What was held beyond what was earned, times the days it was held.
held as (
    select
        movements.programme_id,
        movements.account_id,
        sum({{ wide(
            'greatest(movements.net_paid_cny_fen - earned.earned_cny_fen_lower - earned.open_cny_fen, 0)'
        ) }} * movements.days_held) as fen_days_if_lower,
        sum({{ wide(
            'greatest(movements.net_paid_cny_fen - earned.earned_cny_fen_upper - earned.open_cny_fen_upper, 0)'
        ) }} * movements.days_held) as fen_days_if_upper
    from movements
    inner join earned
        on
            movements.programme_id = earned.programme_id
            and movements.account_id = earned.account_id
    group by movements.programme_id, movements.account_id
),

fines as (
    select
        max(low) as fine_low_rate,
        max(high) as fine_high_rate
    from {{ ref('benchmarks') }}
    where benchmark_id = 'fine_false_declaration'
),

settled as (
    select
        earned.*,
        terms.center_id,
        terms.valid_from,
        terms.covered_to,
        greatest(earned.net_paid_cny_fen - earned.earned_cny_fen_lower - earned.open_cny_fen, 0)
            as clawback_cny_fen_if_lower,
        greatest(earned.net_paid_cny_fen - earned.earned_cny_fen_upper - earned.open_cny_fen_upper, 0)
            as clawback_cny_fen_if_upper,
        cast(
            round(coalesce(held.fen_days_if_lower, 0) * terms.clawback_interest_bp / cast(3650000 as double)) as bigint
        ) as interest_cny_fen_if_lower,
        cast(
            round(coalesce(held.fen_days_if_upper, 0) * terms.clawback_interest_bp / cast(3650000 as double)) as bigint
        ) as interest_cny_fen_if_upper
    from earned
    inner join terms
        on earned.programme_id = terms.programme_id
    left join held
        on
            earned.programme_id = held.programme_id
            and earned.account_id = held.account_id
),

fined as (
    select
        settled.*,
        cast(round(settled.clawback_cny_fen_if_lower * fines.fine_low_rate) as bigint) as fine_low_cny_fen,
        cast(round(settled.clawback_cny_fen_if_lower * fines.fine_high_rate) as bigint) as fine_high_cny_fen
    from settled
    cross join fines
)

select
    programme_id,
    account_id,
    center_id,
    valid_from,
    covered_to,
    is_assigned,
    due_milestone_count,
    earned_cny_fen_lower,
    earned_cny_fen_upper,
    open_cny_fen,
    open_cny_fen_upper,
    net_paid_cny_fen,
    clawback_cny_fen_if_lower,
    clawback_cny_fen_if_upper,
    interest_cny_fen_if_lower,
    interest_cny_fen_if_upper,
    fine_low_cny_fen,
    fine_high_cny_fen,
    -- What is owed back whatever is unknown; and all that can be asked for, had it been declared falsely.
    clawback_cny_fen_if_upper + interest_cny_fen_if_upper as exposure_cny_fen_lower,
    clawback_cny_fen_if_lower + interest_cny_fen_if_lower + fine_high_cny_fen as exposure_cny_fen_upper
from fined
