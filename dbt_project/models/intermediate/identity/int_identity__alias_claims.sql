-- Grain: one row per alias of a registered card; a claim clashes where its name is live on another card as well.
-- A name is compared as telemetry writes it, whatever kind it is said to be.
with devices as (
    select
        center_id,
        device_uid
    from {{ ref('int_inventory__devices') }}
),

claims as (
    select
        device_aliases.alias_id,
        device_aliases.center_id,
        device_aliases.device_uid,
        device_aliases.alias_value,
        device_aliases.valid_from_epoch_seconds,
        coalesce(device_aliases.valid_to_epoch_seconds, cast(253402300800 as bigint)) as valid_to_epoch_seconds,
        device_aliases.source_sha256,
        device_aliases.source_line
    from {{ ref('stg_registers__device_aliases') }} as device_aliases
    inner join devices
        on
            device_aliases.center_id = devices.center_id
            and device_aliases.device_uid = devices.device_uid
),

clashes as (
    select
        own.alias_id,
        other.device_uid as other_device_uid,
        other.source_sha256 as other_source_sha256,
        other.source_line as other_source_line
    from claims as own
    inner join claims as other
        on
            own.center_id = other.center_id
            and own.alias_value = other.alias_value
            and own.device_uid <> other.device_uid
            and own.valid_from_epoch_seconds < other.valid_to_epoch_seconds
            and own.valid_to_epoch_seconds > other.valid_from_epoch_seconds
    qualify row_number() over (
        partition by own.alias_id
        order by other.valid_from_epoch_seconds nulls last, other.alias_id nulls last
    ) = 1
)

select
    claims.alias_id,
    claims.center_id,
    claims.device_uid,
    claims.alias_value,
    claims.valid_from_epoch_seconds,
    claims.valid_to_epoch_seconds,
    claims.source_sha256,
    claims.source_line,
    clashes.alias_id is not null or devices.device_uid is not null as is_clashing,
    coalesce(clashes.other_device_uid, devices.device_uid) as other_device_uid,
    clashes.other_source_sha256,
    clashes.other_source_line
from claims
left join clashes
    on claims.alias_id = clashes.alias_id
left join devices
    on
        claims.center_id = devices.center_id
        and claims.alias_value = devices.device_uid
        and claims.device_uid <> devices.device_uid
