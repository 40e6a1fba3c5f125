-- Grain: one row per commitment and period; shortfall and true-up of closed periods, NULL for others.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

take as (
    select * from {{ ref('int_offtake__period_take') }}
),

credits as (
    select * from {{ ref('int_offtake__period_credits') }}
),

owed as (
    select
        take.*,
        credits.credit_available_quantity_milli,
        case when take.is_closed then credits.credit_used_quantity_milli end as credit_used_quantity_milli,
        case when take.is_closed then credits.credit_new_quantity_milli end as credit_new_quantity_milli,
        case
            when take.is_closed
                then greatest(
                    take.relieved_quantity_milli - take.eligible_quantity_milli - credits.credit_used_quantity_milli, 0
                )
        end as shortfall_quantity_milli,
        -- What is short even if all time that was not metered was taken, and all credit used.
        case
            when take.is_closed
                then greatest(
                    take.relieved_quantity_milli
                    - take.eligible_upper_quantity_milli
                    - credits.credit_available_quantity_milli,
                    0
                )
        end as certain_shortfall_quantity_milli,
        take.floor_price_cny_fen,
        terms.price_tax_basis,
        terms.price_vat_bp,
        terms.rolling_period_count,
        {{ add_days('take.period_end_on', 'terms.due_days') }} as due_on,
        {{ add_days('take.period_end_on', 'terms.due_days + terms.cure_days') }} as cure_ends_on
    from take
    inner join credits
        on
            take.commitment_id = credits.commitment_id
            and take.period_no = credits.period_no
    inner join terms
        on take.commitment_id = terms.commitment_id
),

priced as (
    select
        owed.*,
        cast(
            round(cast(owed.shortfall_quantity_milli as double) * owed.floor_price_cny_fen / 1000) as bigint
        ) as true_up_due_cny_fen
    from owed
)

select
    commitment_id,
    period_no,
    period_sequence,
    period_start_on,
    period_end_on,
    due_on,
    cure_ends_on,
    is_started,
    is_closed,
    rolling_period_count,
    signed_quantity_milli,
    amended_day_count,
    committed_quantity_milli,
    relieved_quantity_milli,
    related_cap_quantity_milli,
    gross_quantity_milli,
    unrelated_quantity_milli,
    related_quantity_milli,
    refused_sublet_quantity_milli,
    eligible_quantity_milli,
    eligible_upper_quantity_milli,
    other_unit_row_count,
    credit_available_quantity_milli,
    credit_used_quantity_milli,
    credit_new_quantity_milli,
    shortfall_quantity_milli,
    certain_shortfall_quantity_milli,
    floor_price_cny_fen,
    true_up_due_cny_fen,
    -- Unknown where the contract does not say whether tax is in the price, or at which rate.
    case
        when price_tax_basis = 'excluded' then true_up_due_cny_fen
        when price_tax_basis = 'included'
            then cast(round(cast(true_up_due_cny_fen as double) * 10000 / (10000 + price_vat_bp)) as bigint)
    end as true_up_net_cny_fen
from priced
