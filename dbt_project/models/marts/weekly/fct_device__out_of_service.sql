-- Grain: one row per center and device that is in repair, in fault, under maintenance or silent as of the build.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

centers as (
    select
        center_id,
        time_zone
    from {{ ref('int_calendar__centers') }}
    where time_zone is not null
),

telemetry as (
    select max(local_day) as data_through_on
    from {{ ref('int_quality__device_days') }}
    where known_seconds > 0
),

states as (
    select
        states.center_id,
        states.device_uid,
        states.model_id,
        states.server_id,
        states.slot_id,
        states.state,
        states.is_able,
        states.valid_from_epoch_seconds,
        {{ local_date('build.as_of_epoch_seconds', 'centers.time_zone') }} as as_of_on,
        {{ local_date('states.valid_from_epoch_seconds', 'centers.time_zone') }} as since_on
    from {{ ref('int_inventory__device_states') }} as states
    inner join build
        on
            states.valid_from_epoch_seconds < build.as_of_epoch_seconds
            and states.valid_to_epoch_seconds >= build.as_of_epoch_seconds
    inner join centers
        on states.center_id = centers.center_id
),

last_known as (
    select
        center_id,
        device_uid,
        max(local_day) as last_known_on
    from {{ ref('int_quality__device_days') }}
    where known_seconds > 0
    group by center_id, device_uid
),

judged as (
    select
        states.center_id,
        states.device_uid,
        states.model_id,
        states.server_id,
        states.slot_id,
        case states.state
            when 'rma_out' then 'in_repair'
            when 'fault' then 'fault'
            when 'planned_maintenance' then 'maintenance'
            else 'silent'
        end as condition,
        states.as_of_on,
        case
            when states.state in ('rma_out', 'fault', 'planned_maintenance') then states.since_on
            when last_known.last_known_on is null then states.since_on
            else {{ add_days('last_known.last_known_on', 1) }}
        end as since_on,
        states.state,
        states.is_able
    from states
    left join last_known
        on
            states.center_id = last_known.center_id
            and states.device_uid = last_known.device_uid
)

select
    judged.center_id,
    judged.device_uid,
    judged.model_id,
    coalesce(servers.cabinet_id, judged.server_id, 'none') as place_id,
    coalesce(judged.server_id, 'none') as server_id,
    judged.slot_id,
    judged.condition,
    judged.since_on,
    judged.as_of_on,
    {{ days_between('judged.since_on', 'judged.as_of_on') }} as age_days,
    case
        when judged.condition = 'in_repair'
            then
                {{ days_between('judged.since_on', 'judged.as_of_on') }}
                <= {{ policy_number('rma_excused_hours') }} / 24
        when judged.condition = 'maintenance'
            then
                {{ days_between('judged.since_on', 'judged.as_of_on') }}
                <= {{ policy_number('maintenance_excused_hours') }} / 24
        else false
    end as is_excused
from judged
cross join telemetry
left join {{ ref('stg_registers__servers') }} as servers
    on judged.server_id = servers.server_id
where
    judged.state in ('rma_out', 'fault', 'planned_maintenance')
    or (
        judged.is_able
        and {{ days_between('judged.since_on', 'telemetry.data_through_on') }} + 1
        >= {{ policy_number('absent_incident_hours') }} / 24
    )
