-- Grain: one row per commitment and period; shortfall and true-up of closed periods, NULL for others.
with terms as (
    select
        *,
        {{ add_days('last_day_on', 1) }} as term_end_on
    from {{ ref('int_offtake__commitment_terms') }}
),

take as (
    select
        take.*,
        lead(take.period_end_on) over (
            partition by take.commitment_id
            order by take.period_sequence nulls last
        ) as next_period_end_on
    from {{ ref('int_offtake__period_take') }} as take
),

credits as (
    select * from {{ ref('int_offtake__period_credits') }}
),

fills as (
    select * from {{ ref('int_offtake__period_fills') }}
),

extensions as (
    select * from {{ ref('int_offtake__extensions') }}
),

owed as (
    select
        take.*,
        credits.credit_available_quantity_milli,
        case when take.is_closed then credits.credit_used_quantity_milli end as credit_used_quantity_milli,
        case when take.is_closed then credits.credit_new_quantity_milli end as credit_new_quantity_milli,
        case when take.is_closed then fills.shortfall_quantity_milli end as shortfall_quantity_milli,
        case when take.is_closed then fills.filled_quantity_milli end as filled_quantity_milli,
        fills.filled_on,
        case when take.is_closed then fills.certain_shortfall_quantity_milli end as certain_shortfall_quantity_milli,
        fills.certain_filled_on,
        case take.shortfall_mode
            when 'pay_difference' then take.floor_price_cny_fen
            when 'buy_back' then coalesce(terms.buy_back_price_cny_fen, take.floor_price_cny_fen)
            else 0
        end as shortfall_price_cny_fen,
        terms.price_tax_basis,
        terms.price_vat_bp,
        terms.rolling_period_count,
        -- A shortfall can be made up in the next period at the earliest, and one that extends the term after its end.
        {{ add_days(
            "case take.shortfall_mode when 'make_up' then coalesce(take.next_period_end_on, take.period_end_on)"
            ~ " when 'extend_term' then coalesce(extensions.extended_to_on, terms.term_end_on)"
            ~ " else take.period_end_on end",
            'take.due_days'
        ) }} as due_on
    from take
    inner join credits
        on
            take.commitment_id = credits.commitment_id
            and take.period_no = credits.period_no
    inner join terms
        on take.commitment_id = terms.commitment_id
    left join fills
        on
            take.commitment_id = fills.commitment_id
            and take.period_no = fills.period_no
    left join extensions
        on take.commitment_id = extensions.commitment_id
),

priced as (
    select
        owed.*,
        {{ add_days('owed.due_on', 'owed.cure_days') }} as cure_ends_on,
        {{ priced_quantity('owed.shortfall_quantity_milli') }} as unfilled_true_up_cny_fen,
        {{ priced_quantity('owed.shortfall_quantity_milli - owed.filled_quantity_milli') }} as true_up_due_cny_fen,
        {{ priced_quantity('owed.certain_shortfall_quantity_milli') }} as certain_true_up_cny_fen
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
    shortfall_mode,
    late_interest_bp,
    signed_quantity_milli,
    amended_day_count,
    committed_quantity_milli,
    relieved_quantity_milli,
    related_cap_quantity_milli,
    gross_quantity_milli,
    unrelated_quantity_milli,
    related_quantity_milli,
    refused_sublet_quantity_milli,
    suspect_quantity_milli,
    eligible_quantity_milli,
    eligible_upper_quantity_milli,
    converted_row_count,
    other_unit_row_count,
    refused_reason,
    credit_available_quantity_milli,
    credit_used_quantity_milli,
    credit_new_quantity_milli,
    shortfall_quantity_milli,
    filled_quantity_milli,
    filled_on,
    certain_shortfall_quantity_milli,
    certain_filled_on,
    shortfall_price_cny_fen,
    floor_price_cny_fen,
    unfilled_true_up_cny_fen,
    certain_true_up_cny_fen,
    true_up_due_cny_fen,
    -- Unknown where the contract does not say whether tax is in the price, or at which rate.
    case
        when price_tax_basis = 'excluded' then true_up_due_cny_fen
        when price_tax_basis = 'included'
            then cast(round(cast(true_up_due_cny_fen as double) * 10000 / (10000 + price_vat_bp)) as bigint)
    end as true_up_net_cny_fen
from priced
