-- Grain: one row per center of the register or the cash book; from and to which month its money is counted.
with centers as (
    select
        center_id,
        time_zone,
        opened_on
    from {{ ref('stg_registers__centers') }}
),

movements as (
    select * from {{ ref('stg_registers__cash_movements') }}
),

build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

known as (
    select center_id from centers
    union
    select center_id from movements
),

dated as (
    select
        known.center_id,
        centers.opened_on,
        {{ local_date('build.as_of_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as as_of_on
    from known
    left join centers
        on known.center_id = centers.center_id
    cross join build
),

-- Commissioned is when the first card was, by its register; where none is named, the opening.
commissioned as (
    select
        events.center_id,
        min(
            {{ local_date('events.occurred_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }}
        ) as commissioned_on
    from {{ ref('stg_registers__device_events') }} as events
    left join centers
        on events.center_id = centers.center_id
    where events.state in ('commissioned', 'in_service')
    group by events.center_id
),

first_movements as (
    select
        movements.center_id,
        min(movements.booked_on) as first_movement_on,
        min(case when movements.movement_kind like 'capex%' then movements.booked_on end) as first_spend_on
    from movements
    inner join dated
        on
            movements.center_id = dated.center_id
            and movements.booked_on <= dated.as_of_on
    group by movements.center_id
)

select
    dated.center_id,
    dated.opened_on,
    coalesce(commissioned.commissioned_on, dated.opened_on) as commissioned_on,
    dated.as_of_on,
    {{ month_start('dated.as_of_on') }} as as_of_month_on,
    {{ month_start('least(first_movements.first_movement_on, dated.opened_on)') }} as first_month_on,
    {{ month_start(
        'coalesce(first_movements.first_spend_on, dated.opened_on, first_movements.first_movement_on)'
    ) }} as month_zero_on
from dated
left join first_movements
    on dated.center_id = first_movements.center_id
left join commissioned
    on dated.center_id = commissioned.center_id
