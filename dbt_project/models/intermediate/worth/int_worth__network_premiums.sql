-- Grain: one row per center that paid for servers; whether its network is InfiniBand, and what that costs a day.
with paid as (
    select
        movements.center_id,
        {{ integer_sum(
            "case when movements.movement_kind = 'capex_servers' then movements.amount_cny_fen else 0 end"
        ) }} as server_capex_cny_fen,
        {{ integer_sum(
            "case when movements.movement_kind = 'capex_network' then movements.amount_cny_fen else 0 end"
        ) }} as network_capex_cny_fen
    from {{ ref('stg_registers__cash_movements') }} as movements
    inner join {{ ref('int_payback__center_clock') }} as clock
        on
            movements.center_id = clock.center_id
            and movements.booked_on <= clock.as_of_on
    group by movements.center_id
),

terms as (
    select
        {{ policy_number('infiniband_from_network_ratio') }} as infiniband_from_ratio,
        {{ policy_number('other_network_ratio') }} as other_network_ratio,
        {{ policy_number('economics_life_years') }} as life_years
),

compared as (
    select
        paid.*,
        terms.life_years,
        -- Both are paid in stages: a fen of rounding in one of them must not change the name of the network.
        round({{ ratio('paid.network_capex_cny_fen', 'paid.server_capex_cny_fen') }}, 4)
        >= terms.infiniband_from_ratio as is_infiniband,
        cast(
            round(paid.network_capex_cny_fen - paid.server_capex_cny_fen * terms.other_network_ratio) as bigint
        ) as surcharge_cny_fen
    from paid
    cross join terms
    where paid.server_capex_cny_fen > 0
)

select
    center_id,
    server_capex_cny_fen,
    network_capex_cny_fen,
    is_infiniband,
    case when is_infiniband then surcharge_cny_fen else 0 end as premium_cny_fen,
    case
        when is_infiniband then cast(round(surcharge_cny_fen / (life_years * 365)) as bigint)
        else 0
    end as premium_per_day_cny_fen
from compared
