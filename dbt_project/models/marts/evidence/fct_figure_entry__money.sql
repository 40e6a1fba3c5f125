-- Grain: one row per figure of break-even, revenue or what lies ahead, entry and first day of it: what it adds.
with break_even_figures as (
    select
        figure_id,
        center_id
    from {{ ref('int_figures__payback') }}
    where metric_id = 'break_even_accounting'
),

revenue_figures as (
    select
        figure_id,
        metric_id,
        center_id,
        period_start,
        period_end
    from {{ ref('int_figures__revenue') }}
)

select
    figures.figure_id,
    entries.center_id,
    entries.entry,
    entries.first_day_on,
    entries.last_day_on,
    entries.cost_cny_fen as numerator_lower_cny_fen,
    entries.cost_cny_fen as numerator_upper_cny_fen,
    entries.capacity_cny_fen as denominator_cny_fen
from {{ ref('int_evidence__break_even_entries') }} as entries
inner join break_even_figures as figures
    on entries.center_id = figures.center_id
union all
select
    figures.figure_id,
    entries.center_id,
    entries.entry,
    figures.period_start as first_day_on,
    {{ add_days('figures.period_end', -1) }} as last_day_on,
    case
        when figures.metric_id = 'collected_of_billed' then entries.collected_net_cny_fen
        else entries.sound_net_cny_fen_lower
    end as numerator_lower_cny_fen,
    case
        when figures.metric_id = 'collected_of_billed' then entries.collected_net_cny_fen
        else entries.sound_net_cny_fen_upper
    end as numerator_upper_cny_fen,
    entries.billed_net_cny_fen as denominator_cny_fen
from {{ ref('int_evidence__revenue_entries') }} as entries
inner join revenue_figures as figures
    on
        entries.center_id = figures.center_id
        and entries.month_start_on = figures.period_start
union all
select
    figures.figure_id,
    entries.center_id,
    entries.entry,
    entries.first_day_on,
    entries.last_day_on,
    entries.numerator_cny_fen as numerator_lower_cny_fen,
    entries.numerator_cny_fen as numerator_upper_cny_fen,
    entries.denominator_cny_fen
from {{ ref('int_evidence__ahead_entries') }} as entries
inner join {{ ref('int_figures__ahead') }} as figures
    on
        entries.metric_id = figures.metric_id
        and entries.center_id = figures.center_id
