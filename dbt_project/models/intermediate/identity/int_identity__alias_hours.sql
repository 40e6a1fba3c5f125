-- Grain: one row per center, name used by telemetry that is an alias, and UTC clock hour: whose hour it is.
-- Nobody knows which samples of an hour came before a swap inside it, so such an hour is no card's.
with device_hours as (
    select
        center_id,
        device_uid,
        hour_start_epoch_seconds,
        sum(known_seconds) as known_seconds
    from {{ ref('stg_telemetry__device_hours') }}
    group by center_id, device_uid, hour_start_epoch_seconds
),

claims as (
    select * from {{ ref('int_identity__alias_claims') }}
    where not is_clashing and alias_value <> device_uid
),

claimed as (
    select
        device_hours.center_id,
        device_hours.device_uid as named_device_uid,
        device_hours.hour_start_epoch_seconds,
        device_hours.known_seconds,
        max(
            case
                when
                    claims.valid_from_epoch_seconds <= device_hours.hour_start_epoch_seconds
                    and claims.valid_to_epoch_seconds >= device_hours.hour_start_epoch_seconds + 3600
                    then claims.device_uid
            end
        ) as device_uid
    from device_hours
    inner join claims
        on
            device_hours.center_id = claims.center_id
            and device_hours.device_uid = claims.alias_value
            and device_hours.hour_start_epoch_seconds < claims.valid_to_epoch_seconds
            and device_hours.hour_start_epoch_seconds + 3600 > claims.valid_from_epoch_seconds
    group by
        device_hours.center_id,
        device_hours.device_uid,
        device_hours.hour_start_epoch_seconds,
        device_hours.known_seconds
),

ranked as (
    select
        claimed.*,
        own_hours.device_uid as own_device_uid,
        row_number() over (
            partition by claimed.center_id, claimed.device_uid, claimed.hour_start_epoch_seconds
            order by claimed.known_seconds desc nulls last, claimed.named_device_uid asc nulls last
        ) as name_rank
    from claimed
    left join device_hours as own_hours
        on
            claimed.center_id = own_hours.center_id
            and claimed.device_uid = own_hours.device_uid
            and claimed.hour_start_epoch_seconds = own_hours.hour_start_epoch_seconds
)

select
    ranked.center_id,
    ranked.named_device_uid,
    ranked.hour_start_epoch_seconds,
    ranked.device_uid,
    case
        when ranked.device_uid is null then 'ALIAS_CHANGED_IN_HOUR'
        when ranked.own_device_uid is not null or ranked.name_rank > 1 then 'SAME_CARD_OTHER_NAME'
    end as reason_code
from ranked
