-- Grain: one row per card and quarter in which a card that was seen before is silent for days in a row, although its
-- register has it able to run, while another card of its server sends. A card its board controller lists has not gone.
with card_days as (
    select * from {{ ref('int_findings__card_days') }}
),

server_days as (
    select
        center_id,
        server_id,
        local_day,
        count(*) as sending_card_count
    from card_days
    where known_seconds > 0
    group by center_id, server_id, local_day
),

-- A board that was swapped leaves another card in the slot.
slot_arrivals as (
    select
        center_id,
        slot_id,
        device_uid,
        min(valid_from_epoch_seconds) as arrived_epoch_seconds
    from {{ ref('int_inventory__device_states') }}
    where slot_id is not null and is_installed
    group by center_id, slot_id, device_uid
),

silent_days as (
    select
        card_days.center_id,
        card_days.device_uid,
        card_days.model_id,
        card_days.slot_id,
        card_days.local_day,
        {{
            add_days(
                'card_days.local_day',
                '-row_number() over (partition by card_days.center_id, card_days.device_uid '
                'order by card_days.local_day nulls last)'
            )
        }} as run_key
    from card_days
    inner join server_days
        on
            card_days.center_id = server_days.center_id
            and card_days.server_id = server_days.server_id
            and card_days.local_day = server_days.local_day
    where
        card_days.able_seconds = card_days.day_seconds
        and card_days.known_seconds = 0
        and card_days.proven_able_seconds = 0
        and card_days.first_known_on < card_days.local_day
),

runs as (
    select
        silent_days.center_id,
        silent_days.device_uid,
        silent_days.model_id,
        max(silent_days.slot_id) as slot_id,
        min(silent_days.local_day) as first_day,
        max(silent_days.local_day) as last_day,
        count(*) as day_count
    from silent_days
    group by silent_days.center_id, silent_days.device_uid, silent_days.model_id, silent_days.run_key
    having count(*) >= {{ policy_number('f02_min_days') }}
),

swapped as (
    select
        runs.center_id,
        runs.device_uid,
        runs.first_day,
        count(*) as other_card_count
    from runs
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            runs.center_id = center_days.center_id
            and runs.first_day = center_days.local_day
    inner join slot_arrivals
        on
            runs.center_id = slot_arrivals.center_id
            and runs.slot_id = slot_arrivals.slot_id
            and runs.device_uid <> slot_arrivals.device_uid
            and slot_arrivals.arrived_epoch_seconds >= center_days.day_start_epoch_seconds - 86400
    group by runs.center_id, runs.device_uid, runs.first_day
),

found as (
    select
        runs.center_id,
        'device' as subject_kind,
        runs.device_uid as subject_id,
        {{ quarter_start('runs.first_day') }} as period_start_on,
        min(runs.first_day) as evidence_start_on,
        {{ add_days('max(runs.last_day)', '1') }} as period_end_on,
        sum(runs.day_count) as observed,
        {{ policy_number('f02_min_days') }} as expected,
        case when max(case when swapped.center_id is null then 1 else 0 end) = 1 then 'holds' else 'undetermined' end
            as verdict,
        false as is_weak,
        case when max(case when swapped.center_id is null then 1 else 0 end) = 1 then 0.5 else 0.2 end as confidence,
        sum(runs.day_count) as evidence_count,
        runs.center_id || ' / ' || runs.device_uid || ' / ' || cast(min(runs.first_day) as string)
            as first_evidence_key,
        runs.center_id || ' / ' || runs.device_uid || ' / ' || cast(max(runs.last_day) as string)
            as last_evidence_key
    from runs
    left join swapped
        on
            runs.center_id = swapped.center_id
            and runs.device_uid = swapped.device_uid
            and runs.first_day = swapped.first_day
    group by runs.center_id, runs.device_uid, {{ quarter_start('runs.first_day') }}
)

{{ finding_shape('F02', 'found') }}
