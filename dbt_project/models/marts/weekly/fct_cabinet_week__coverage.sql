-- Grain: one row per center, cabinet (or server of no known cabinet) and ISO week.
with summed as (
    select
        center_id,
        place_id,
        cast(date_trunc('week', local_day) as date) as week_start_on,
        {{ integer_sum('able_card_seconds') }} as able_card_seconds,
        {{ integer_sum('known_card_seconds') }} as known_card_seconds,
        {{ integer_sum('unknown_card_seconds') }} as unknown_card_seconds,
        {{ integer_sum('down_card_seconds') }} as down_card_seconds
    from {{ ref('fct_cabinet_day__state') }}
    group by center_id, place_id, cast(date_trunc('week', local_day) as date)
)

select
    summed.center_id,
    summed.place_id,
    summed.week_start_on,
    summed.able_card_seconds,
    summed.known_card_seconds,
    summed.unknown_card_seconds,
    summed.down_card_seconds,
    {{ ratio('summed.known_card_seconds', 'summed.able_card_seconds') }} as known_rate_of_able
from summed
