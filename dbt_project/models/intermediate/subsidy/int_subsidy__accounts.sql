-- Grain: one row per subsidy and account within which earned money is set against paid money.
-- One account for all; under tranches one per condition; under yearly renewal one per year of due dates.
-- A grant without conditions earns what its claims are good for. What is not due yet is open: neither earned nor owed.
with terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

milestones as (
    select
        credits.*,
        terms.earning_variant,
        case terms.earning_variant
            when 'tranche' then credits.milestone_id
            when 'rolling' then cast(extract(year from credits.due_on) as string)
            else 'all'
        end as account_id
    from {{ ref('int_subsidy__milestone_credits') }} as credits
    inner join terms
        on credits.programme_id = terms.programme_id
),

by_milestones as (
    select
        programme_id,
        account_id,
        {{ integer_sum('case when is_due then earned_cny_fen_lower end') }} as earned_cny_fen_lower,
        -- Conditions without a weight share what nothing else weighs: the best of them may have all of it.
        cast(
            {{ integer_sum('case when is_due and not is_weight_missing then earned_cny_fen_upper end') }}
            + coalesce(max(case when is_due and is_weight_missing then earned_cny_fen_upper end), 0) as bigint
        ) as earned_cny_fen_upper,
        {{ integer_sum('case when not is_due then weight_cny_fen end') }} as open_cny_fen,
        cast(
            {{ integer_sum('case when not is_due and not is_weight_missing then weight_cny_fen end') }}
            + coalesce(max(case when not is_due and is_weight_missing then weight_cny_fen_upper end), 0) as bigint
        ) as open_cny_fen_upper,
        {{ integer_sum('case when is_due then 1 end') }} as due_milestone_count
    from milestones
    group by programme_id, account_id
),

by_claims as (
    select
        amounts.programme_id,
        'all' as account_id,
        {{ integer_sum('amounts.admissible_cny_fen_lower') }} as earned_cny_fen_lower,
        {{ integer_sum('amounts.admissible_cny_fen_upper') }} as earned_cny_fen_upper,
        cast(0 as bigint) as open_cny_fen,
        cast(0 as bigint) as open_cny_fen_upper,
        cast(0 as bigint) as due_milestone_count
    from {{ ref('int_subsidy__claim_amounts') }} as amounts
    left join by_milestones
        on amounts.programme_id = by_milestones.programme_id
    where by_milestones.programme_id is null
    group by amounts.programme_id
)

select
    programme_id,
    account_id,
    earned_cny_fen_lower,
    earned_cny_fen_upper,
    open_cny_fen,
    open_cny_fen_upper,
    due_milestone_count
from by_milestones
union all
select
    programme_id,
    account_id,
    earned_cny_fen_lower,
    earned_cny_fen_upper,
    open_cny_fen,
    open_cny_fen_upper,
    due_milestone_count
from by_claims
