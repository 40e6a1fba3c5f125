-- Grain: one row per condition of a subsidy: ratio to its target, credit, and money earned, at both bounds.
-- A condition nobody measured earns nothing at the lower bound and everything at the upper. One without a weight earns
-- nothing at the lower bound, and at the upper all of the grant that no other condition weighs.
with milestone_values as (
    select * from {{ ref('int_subsidy__milestone_values') }}
),

terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

shares as (
    select
        milestone_values.*,
        terms.granted_cny_fen,
        terms.full_credit_from_bp,
        terms.no_credit_below_bp,
        terms.earning_variant,
        case
            when milestone_values.comparison = 'at_most'
                then {{ ratio('milestone_values.target_value', 'milestone_values.achieved_upper') }}
            else {{ ratio('milestone_values.achieved_lower', 'milestone_values.target_value') }}
        end as share_lower,
        case
            when milestone_values.comparison = 'at_most'
                then {{ ratio('milestone_values.target_value', 'milestone_values.achieved_lower') }}
            else {{ ratio('milestone_values.achieved_upper', 'milestone_values.target_value') }}
        end as share_upper
    from milestone_values
    inner join terms
        on milestone_values.programme_id = terms.programme_id
),

-- A target of nothing is reached by anything.
ratios as (
    select
        shares.*,
        case
            when shares.achieved_upper is null then 0.0
            else least(1.0, coalesce(shares.share_lower, 1.0))
        end as ratio_lower,
        case
            when shares.achieved_upper is null then 1.0
            else least(1.0, coalesce(shares.share_upper, 1.0))
        end as ratio_upper
    from shares
),

credits as (
    select
        ratios.*,
        {{ credit_of_ratio('ratios.ratio_lower', 'ratios.full_credit_from_bp', 'ratios.no_credit_below_bp') }}
            as credit_lower,
        {{ credit_of_ratio('ratios.ratio_upper', 'ratios.full_credit_from_bp', 'ratios.no_credit_below_bp') }}
            as credit_upper,
        {{ whole_division(wide('ratios.granted_cny_fen') ~ ' * ratios.weight_bp', '10000') }} as weight_cny_fen,
        {{ whole_division(
            wide('ratios.granted_cny_fen')
            ~ ' * greatest(10000 - coalesce(sum(ratios.weight_bp) over (partition by ratios.programme_id), 0), 0)',
            '10000'
        ) }} as unweighed_cny_fen
    from ratios
),

-- Under a cliff one due condition below the floor takes the credit of all.
fallen as (
    select
        credits.*,
        credits.earning_variant = 'cliff' and coalesce(
            max(case when credits.is_due and credits.credit_lower = 0 then 1 end)
                over (partition by credits.programme_id), 0
        ) = 1 as is_fallen_lower,
        credits.earning_variant = 'cliff' and coalesce(
            max(case when credits.is_due and credits.credit_upper = 0 then 1 end)
                over (partition by credits.programme_id), 0
        ) = 1 as is_fallen_upper
    from credits
)

select
    fallen.milestone_id,
    fallen.programme_id,
    fallen.center_id,
    fallen.metric,
    fallen.comparison,
    fallen.due_on,
    fallen.is_due,
    fallen.value_source,
    fallen.target_value,
    fallen.target_unit,
    fallen.achieved_lower,
    fallen.achieved_upper,
    fallen.ratio_lower,
    fallen.ratio_upper,
    case when fallen.is_fallen_lower then 0.0 else fallen.credit_lower end as credit_lower,
    case when fallen.is_fallen_upper then 0.0 else fallen.credit_upper end as credit_upper,
    fallen.weight_bp,
    fallen.weight_bp is null as is_weight_missing,
    fallen.weight_cny_fen,
    coalesce(fallen.weight_cny_fen, fallen.unweighed_cny_fen) as weight_cny_fen_upper,
    case
        when fallen.is_fallen_lower or fallen.weight_bp is null then 0
        else cast(round(fallen.weight_cny_fen * fallen.credit_lower) as bigint)
    end as earned_cny_fen_lower,
    case
        when fallen.is_fallen_upper then 0
        else
            cast(
                round(coalesce(fallen.weight_cny_fen, fallen.unweighed_cny_fen) * fallen.credit_upper) as bigint
            )
    end as earned_cny_fen_upper,
    fallen.lit_card_seconds_lower,
    fallen.lit_card_seconds_upper,
    fallen.base_card_seconds,
    fallen.full_credit_from_bp
from fallen
