-- Grain: one row per center and card it has as of the build; what it cost, and what book and market make of its age.
with states as (
    select
        center_id,
        device_uid,
        server_id
    from {{ ref('int_inventory__device_states') }}
    where
        is_current
        and state not in ('ordered', 'decommissioned', 'sold', 'transferred')
),

terms as (
    select
        {{ policy_number('economics_life_years') }} as life_years,
        {{ policy_number('economics_residual_ratio') }} as residual_ratio,
        {{ policy_number('economics_market_decay_rate') }} as market_decay_rate
),

aged as (
    select
        states.center_id,
        states.device_uid,
        states.server_id,
        devices.model_id,
        costs.card_cost_cny_fen,
        costs.cost_reason,
        terms.life_years,
        terms.residual_ratio,
        terms.market_decay_rate,
        {{ local_date('devices.first_present_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as installed_on,
        {{ month_number('clock.as_of_on') }} - {{ month_number(
            local_date('devices.first_present_epoch_seconds', "coalesce(centers.time_zone, 'UTC')")
        ) }} as age_months
    from states
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            states.center_id = devices.center_id
            and states.device_uid = devices.device_uid
            and devices.first_present_epoch_seconds is not null
    inner join {{ ref('int_payback__center_clock') }} as clock
        on states.center_id = clock.center_id
    left join {{ ref('stg_registers__centers') }} as centers
        on states.center_id = centers.center_id
    left join {{ ref('int_worth__model_costs') }} as costs
        on
            states.center_id = costs.center_id
            and devices.model_id = costs.model_id
    cross join terms
)

select
    center_id,
    device_uid,
    server_id,
    model_id,
    installed_on,
    age_months,
    greatest(cast(12 * life_years as bigint) - age_months, 0) as months_left,
    card_cost_cny_fen,
    cost_reason,
    card_cost_cny_fen
    * (1 - (1 - residual_ratio) * least(age_months / (12 * life_years), 1)) as book_value_cny_fen,
    card_cost_cny_fen * power(1 - market_decay_rate, age_months / cast(12 as double)) as decayed_value_cny_fen,
    card_cost_cny_fen * residual_ratio as residual_value_cny_fen
from aged
