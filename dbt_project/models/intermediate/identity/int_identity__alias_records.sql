-- Grain: one row per record kind, file, line and name of a power report or daily row that an alias is used in.
-- Whose it is. A daily row cannot be parted, so a day on which its name changes hands is no card's.
with centers as (
    select
        center_id,
        time_zone
    from {{ ref('stg_registers__centers') }}
),

told as (
    select
        'power_reports' as record_kind,
        source_sha256,
        source_line,
        center_id,
        device_uid as named_device_uid,
        reported_epoch_seconds as from_epoch_seconds,
        reported_epoch_seconds + 1 as to_epoch_seconds,
        power_source,
        cast(0 as bigint) as known_seconds
    from {{ ref('stg_registers__power_reports') }}
    union all
    select
        'device_days' as record_kind,
        device_days.source_sha256,
        device_days.source_line,
        device_days.center_id,
        device_days.device_uid as named_device_uid,
        {{ local_midnight_epoch('device_days.local_day', 'centers.time_zone') }} as from_epoch_seconds,
        {{ local_midnight_epoch(add_days('device_days.local_day', 1), 'centers.time_zone') }} as to_epoch_seconds,
        'daily row' as power_source,
        device_days.known_seconds
    from {{ ref('stg_registers__device_days') }} as device_days
    inner join centers
        on device_days.center_id = centers.center_id
),

claims as (
    select * from {{ ref('int_identity__alias_claims') }}
    where not is_clashing and alias_value <> device_uid
),

claimed as (
    select
        told.record_kind,
        told.source_sha256,
        told.source_line,
        told.center_id,
        told.named_device_uid,
        told.from_epoch_seconds,
        told.power_source,
        told.known_seconds,
        max(
            case
                when
                    claims.valid_from_epoch_seconds <= told.from_epoch_seconds
                    and claims.valid_to_epoch_seconds >= told.to_epoch_seconds
                    then claims.device_uid
            end
        ) as device_uid
    from told
    inner join claims
        on
            told.center_id = claims.center_id
            and told.named_device_uid = claims.alias_value
            and told.from_epoch_seconds < claims.valid_to_epoch_seconds
            and told.to_epoch_seconds > claims.valid_from_epoch_seconds
    group by
        told.record_kind,
        told.source_sha256,
        told.source_line,
        told.center_id,
        told.named_device_uid,
        told.from_epoch_seconds,
        told.power_source,
        told.known_seconds
),

ranked as (
    select
        claimed.*,
        own.named_device_uid as own_device_uid,
        row_number() over (
            partition by
                claimed.record_kind,
                claimed.center_id,
                claimed.device_uid,
                claimed.from_epoch_seconds,
                claimed.power_source
            order by claimed.known_seconds desc nulls last, claimed.named_device_uid asc nulls last
        ) as name_rank
    from claimed
    left join told as own
        on
            claimed.record_kind = own.record_kind
            and claimed.center_id = own.center_id
            and claimed.device_uid = own.named_device_uid
            and claimed.from_epoch_seconds = own.from_epoch_seconds
            and claimed.power_source = own.power_source
)

select
    ranked.record_kind,
    ranked.source_sha256,
    ranked.source_line,
    ranked.named_device_uid,
    ranked.center_id,
    ranked.device_uid,
    case
        when ranked.device_uid is null then 'ALIAS_CHANGED_IN_DAY'
        when ranked.own_device_uid is not null or ranked.name_rank > 1 then 'SAME_CARD_OTHER_NAME'
    end as reason_code
from ranked
