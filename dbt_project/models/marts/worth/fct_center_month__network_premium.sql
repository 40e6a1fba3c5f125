-- Grain: one row per center with InfiniBand and month with delivered cards.
with premiums as (
    select * from {{ ref('int_worth__network_premiums') }}
    where is_infiniband
),

months as (
    select
        center_id,
        {{ month_start('local_day') }} as month_start_on,
        cast(count(*) as bigint) as day_count,
        {{ integer_sum('delivered_card_seconds') }} as delivered_card_seconds,
        {{ integer_sum('dark_card_seconds') }} as dark_card_seconds,
        {{ integer_sum('single_server_card_seconds') }} as single_server_card_seconds,
        {{ integer_sum('possible_card_seconds') }} as possible_card_seconds
    from {{ ref('int_worth__network_days') }}
    group by center_id, {{ month_start('local_day') }}
),

divided as (
    select
        months.*,
        premiums.server_capex_cny_fen,
        premiums.network_capex_cny_fen,
        premiums.premium_cny_fen,
        premiums.premium_per_day_cny_fen,
        premiums.premium_per_day_cny_fen * months.day_count as month_premium_cny_fen,
        {{ whole_division(
            wide('premiums.premium_per_day_cny_fen') ~ ' * months.day_count * months.dark_card_seconds',
            'months.delivered_card_seconds'
        ) }} as dark_cny_fen,
        {{ whole_division(
            wide('premiums.premium_per_day_cny_fen')
            ~ ' * months.day_count * (months.dark_card_seconds + months.single_server_card_seconds)',
            'months.delivered_card_seconds'
        ) }} as not_earned_cny_fen
    from months
    inner join premiums
        on months.center_id = premiums.center_id
)

select
    center_id,
    month_start_on,
    day_count,
    server_capex_cny_fen,
    network_capex_cny_fen,
    premium_cny_fen,
    premium_per_day_cny_fen,
    delivered_card_seconds,
    dark_card_seconds,
    single_server_card_seconds,
    possible_card_seconds,
    month_premium_cny_fen,
    dark_cny_fen,
    not_earned_cny_fen - dark_cny_fen as single_server_cny_fen,
    month_premium_cny_fen - not_earned_cny_fen as possible_cny_fen,
    not_earned_cny_fen,
    cast(round({{ ratio('not_earned_cny_fen', 'day_count') }}) as bigint) as not_earned_per_day_cny_fen,
    {{ ratio('not_earned_cny_fen', 'month_premium_cny_fen') }} as not_earned_rate_of_premium
from divided
