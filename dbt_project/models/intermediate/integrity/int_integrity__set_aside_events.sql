-- Grain: one row per device event that contradicts another of the same center, card and instant.
-- Steps toward service may share an instant (a ledger knows days); being there, down and gone may not.
with device_events as (
    select
        event_id,
        center_id,
        device_uid,
        state,
        occurred_epoch_seconds,
        source_sha256,
        source_line,
        case
            when state in ('planned_maintenance', 'fault') then 'down'
            when state in ('rma_out', 'decommissioned', 'sold', 'transferred') then 'gone'
            else 'there'
        end as state_group
    from {{ ref('stg_registers__device_events') }}
),

compared as (
    select
        device_events.*,
        first_value(device_events.state_group) over lowest_first as lowest_group,
        first_value(device_events.state) over lowest_first as lowest_state,
        first_value(device_events.source_sha256) over lowest_first as lowest_sha256,
        first_value(device_events.source_line) over lowest_first as lowest_line,
        first_value(device_events.state_group) over highest_first as highest_group,
        first_value(device_events.state) over highest_first as highest_state,
        first_value(device_events.source_sha256) over highest_first as highest_sha256,
        first_value(device_events.source_line) over highest_first as highest_line
    from device_events
    window
        lowest_first as (
            partition by device_events.center_id, device_events.device_uid, device_events.occurred_epoch_seconds
            order by device_events.state_group nulls last, device_events.event_id nulls last
        ),
        highest_first as (
            partition by device_events.center_id, device_events.device_uid, device_events.occurred_epoch_seconds
            order by device_events.state_group desc nulls last, device_events.event_id asc nulls last
        )
)

select
    compared.event_id,
    compared.center_id,
    compared.device_uid,
    compared.source_sha256,
    compared.source_line,
    case
        when compared.state_group = compared.lowest_group
            then compared.state || ' | ' || compared.highest_state
        else compared.state || ' | ' || compared.lowest_state
    end as detail,
    case
        when compared.state_group = compared.lowest_group then compared.highest_sha256
        else compared.lowest_sha256
    end as other_source_sha256,
    case
        when compared.state_group = compared.lowest_group then compared.highest_line
        else compared.lowest_line
    end as other_source_line
from compared
where compared.lowest_group <> compared.highest_group
