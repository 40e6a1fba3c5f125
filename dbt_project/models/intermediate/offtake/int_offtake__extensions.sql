-- Grain: one row per commitment whose shortfalls extend its term, once its last period is closed: by how many days.
-- The term grows by what is short at the mean daily quantity of the term.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
    where shortfall_mode = 'extend_term'
),

shorts as (
    select
        take.commitment_id,
        max(take.period_end_on) as term_end_on,
        min(case when take.is_closed then 1 else 0 end) as is_closed,
        {{ integer_sum('take.relieved_quantity_milli') }} as relieved_quantity_milli,
        {{ integer_sum(days_between('take.period_start_on', 'take.period_end_on')) }} as day_count,
        {{ integer_sum(
            'greatest(take.relieved_quantity_milli - take.eligible_quantity_milli'
            ~ ' - credits.credit_used_quantity_milli, 0)'
        ) }} as shortfall_quantity_milli
    from {{ ref('int_offtake__period_take') }} as take
    inner join {{ ref('int_offtake__period_credits') }} as credits
        on
            take.commitment_id = credits.commitment_id
            and take.period_no = credits.period_no
    group by take.commitment_id
)

select
    terms.commitment_id,
    shorts.term_end_on,
    shorts.shortfall_quantity_milli,
    {{ add_days(
        'shorts.term_end_on',
        'cast(coalesce(ceil(shorts.shortfall_quantity_milli * shorts.day_count'
        ~ ' / nullif(cast(shorts.relieved_quantity_milli as double), 0)), 0) as bigint)'
    ) }} as extended_to_on
from terms
inner join shorts
    on terms.commitment_id = shorts.commitment_id
where
    shorts.is_closed = 1
    and terms.ended_on is null
