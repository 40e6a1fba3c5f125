-- Grain: one row per condition of a subsidy.
with credits as (
    select * from {{ ref('int_subsidy__milestone_credits') }}
),

payments as (
    select
        milestone_id,
        {{ integer_sum("case when payment_kind = 'paid' then amount_cny_fen else -amount_cny_fen end") }}
            as net_paid_cny_fen
    from {{ ref('stg_registers__subsidy_payments') }}
    where milestone_id is not null
    group by milestone_id
),

declared as (
    select
        milestone_id,
        declared_state
    from {{ ref('stg_registers__subsidy_milestones') }}
)

select
    credits.milestone_id,
    credits.programme_id,
    credits.center_id,
    credits.metric,
    credits.comparison,
    credits.target_unit,
    credits.value_source,
    declared.declared_state,
    case
        when not credits.is_due then 'not_due'
        when credits.is_weight_missing and credits.credit_upper > 0 then 'undetermined'
        when credits.credit_lower >= 1 then 'met'
        when credits.credit_lower = credits.credit_upper and credits.credit_upper > 0 then 'partly_met'
        when credits.credit_upper = 0 then 'not_met'
        when credits.credit_lower = credits.credit_upper then 'partly_met'
        else 'undetermined'
    end as verdict,
    case when credits.is_weight_missing then 'no_weight' end as undetermined_reason,
    credits.is_due,
    credits.due_on,
    credits.target_value,
    credits.achieved_lower,
    credits.achieved_upper,
    credits.ratio_lower,
    credits.ratio_upper,
    credits.credit_lower,
    credits.credit_upper,
    credits.weight_bp,
    credits.weight_cny_fen,
    credits.earned_cny_fen_lower,
    credits.earned_cny_fen_upper,
    coalesce(payments.net_paid_cny_fen, 0) as net_paid_cny_fen,
    cast(credits.lit_card_seconds_upper - credits.lit_card_seconds_lower as decimal(38, 0)) as undecided_card_seconds,
    case
        when credits.target_unit = 'share' and credits.credit_lower < 1
            then
                cast(
                    ceil(
                        cast(credits.base_card_seconds as double)
                        * credits.target_value
                        * credits.full_credit_from_bp
                        / 10000
                    ) as decimal(38, 0)
                ) - credits.lit_card_seconds_lower
    end as needed_card_seconds
from credits
inner join declared
    on credits.milestone_id = declared.milestone_id
left join payments
    on credits.milestone_id = payments.milestone_id
