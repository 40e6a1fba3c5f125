-- Grain: one row per center, device and local day of the register, with the class of its evidence.
-- Counters (A, B) come before power (C), and power before the operator's word (D). Power says something only of time
-- that no counter knows; the word proves nothing and is kept apart.
with device_days as (
    select * from {{ ref('int_utilization__device_days') }}
),

telemetry_days as (
    select
        center_id,
        device_uid,
        local_day,
        known_seconds,
        evidence_b_seconds
    from {{ ref('int_utilization__telemetry_device_days') }}
    where known_seconds > 0
),

threshold as (
    select {{ policy_number('lit_threshold_pct') }} as lit_threshold_pct
),

daily_rows as (
    select
        daily.center_id,
        daily.device_uid,
        daily.local_day,
        daily.evidence_class,
        daily.known_seconds,
        case when threshold.lit_threshold_pct <= 0 then daily.util_0_1_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 1 then daily.util_1_5_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 5 then daily.util_5_10_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 10 then daily.util_10_20_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 20 then daily.util_20_50_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 50 then daily.util_50_80_seconds else 0 end
        + case when threshold.lit_threshold_pct <= 80 then daily.util_80_100_seconds else 0 end as lit_seconds
    from {{ ref('int_identity__device_days') }} as daily
    cross join threshold
),

-- All cards of a server share its verdict. A card that stood in two servers on one day has none from either.
cards_of_servers as (
    select
        states.center_id,
        states.device_uid,
        center_days.local_day,
        min(states.server_id) as server_id
    from {{ ref('int_inventory__device_states') }} as states
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            states.center_id = center_days.center_id
            and states.valid_from_epoch_seconds < center_days.day_end_epoch_seconds
            and states.valid_to_epoch_seconds > center_days.day_start_epoch_seconds
    where states.is_able and states.server_id is not null
    group by states.center_id, states.device_uid, center_days.local_day
    having min(states.server_id) = max(states.server_id)
),

power_days as (
    select
        cards_of_servers.center_id,
        cards_of_servers.device_uid,
        cards_of_servers.local_day,
        server_days.known_seconds,
        server_days.lit_seconds
    from cards_of_servers
    inner join {{ ref('int_evidence__server_days') }} as server_days
        on
            cards_of_servers.center_id = server_days.center_id
            and cards_of_servers.server_id = server_days.server_id
            and cards_of_servers.local_day = server_days.local_day
),

joined as (
    select
        device_days.center_id,
        device_days.device_uid,
        device_days.local_day,
        device_days.model_id,
        device_days.able_seconds,
        device_days.usable_seconds,
        device_days.known_seconds,
        device_days.lit_seconds,
        case
            when telemetry_days.device_uid is not null
                then case when telemetry_days.evidence_b_seconds > 0 then 'B' else 'A' end
            when daily_rows.evidence_class in ('A', 'B') and daily_rows.known_seconds > 0
                then daily_rows.evidence_class
        end as counter_class,
        case when telemetry_days.device_uid is not null then 'telemetry' else 'daily_rows' end as counter_feed,
        case when daily_rows.evidence_class = 'C' then 'daily_rows' else 'power' end as power_feed,
        case
            when daily_rows.evidence_class = 'C' then daily_rows.known_seconds
            else coalesce(power_days.known_seconds, 0)
        end as power_known_seconds,
        case
            when daily_rows.evidence_class = 'C' then daily_rows.lit_seconds
            else coalesce(power_days.lit_seconds, 0)
        end as power_lit_seconds,
        case when daily_rows.evidence_class = 'D' then daily_rows.lit_seconds else 0 end as declared_lit_seconds,
        coalesce(daily_rows.evidence_class = 'D', false) as is_declared
    from device_days
    left join telemetry_days
        on
            device_days.center_id = telemetry_days.center_id
            and device_days.device_uid = telemetry_days.device_uid
            and device_days.local_day = telemetry_days.local_day
    left join daily_rows
        on
            device_days.center_id = daily_rows.center_id
            and device_days.device_uid = daily_rows.device_uid
            and device_days.local_day = daily_rows.local_day
    left join power_days
        on
            device_days.center_id = power_days.center_id
            and device_days.device_uid = power_days.device_uid
            and device_days.local_day = power_days.local_day
),

-- Nobody knows which of its seconds fall outside usable time, or on time a counter knows: both sides give them up.
clipped as (
    select
        joined.*,
        greatest(
            joined.power_lit_seconds - joined.known_seconds
            - greatest(joined.power_known_seconds - joined.usable_seconds, 0), 0
        ) as class_c_lit_seconds,
        greatest(
            joined.power_known_seconds - joined.power_lit_seconds - joined.known_seconds
            - greatest(joined.power_known_seconds - joined.usable_seconds, 0), 0
        ) as class_c_idle_seconds
    from joined
)

select
    clipped.center_id,
    clipped.device_uid,
    clipped.local_day,
    clipped.model_id,
    case
        when clipped.counter_class is not null and clipped.known_seconds > 0 then clipped.counter_class
        when clipped.class_c_lit_seconds + clipped.class_c_idle_seconds > 0 then 'C'
        when clipped.is_declared and clipped.able_seconds > 0 then 'D'
        else 'none'
    end as evidence_class,
    case
        when clipped.counter_class is not null and clipped.known_seconds > 0 then clipped.counter_feed
        when clipped.class_c_lit_seconds + clipped.class_c_idle_seconds > 0 then clipped.power_feed
        when clipped.is_declared and clipped.able_seconds > 0 then 'declared'
        else 'none'
    end as evidence_feed,
    clipped.able_seconds,
    clipped.known_seconds,
    clipped.lit_seconds,
    case when clipped.counter_class = 'A' then clipped.lit_seconds else 0 end as class_a_lit_seconds,
    clipped.class_c_lit_seconds,
    clipped.class_c_idle_seconds,
    least(
        clipped.declared_lit_seconds,
        clipped.able_seconds - clipped.known_seconds - clipped.class_c_lit_seconds - clipped.class_c_idle_seconds
    ) as declared_lit_seconds
from clipped
