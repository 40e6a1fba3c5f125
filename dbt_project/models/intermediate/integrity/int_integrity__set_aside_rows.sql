-- Grain: one row per record kind, file, row key, reason and number: what only other files could judge, in one shape.
with lease_device_rows as (
    select
        source_sha256,
        source_line,
        device_uid,
        row_key
    from {{ ref('stg_intake__record_rows') }}
    where record_kind = 'lease_devices'
),

named_rows as (
    select
        record_kind,
        source_sha256,
        source_line,
        device_uid,
        row_key
    from {{ ref('stg_intake__record_rows') }}
    where record_kind in ('power_reports', 'device_days')
),

record_rows as (
    select
        repeated_rows.record_kind,
        repeated_rows.source_sha256,
        repeated_rows.source_line,
        repeated_rows.row_key,
        'CONFLICTING_KEY' as reason_code,
        repeated_rows.center_id,
        repeated_rows.device_uid,
        'revision ' || cast(repeated_rows.revision as varchar) as detail,
        repeated_rows.other_source_sha256,
        repeated_rows.other_source_line
    from {{ ref('int_integrity__repeated_rows') }} as repeated_rows
    where repeated_rows.standing = 'conflict'
    union all
    select
        unknown_rows.record_kind,
        unknown_rows.source_sha256,
        unknown_rows.source_line,
        unknown_rows.row_key,
        unknown_rows.reason_code,
        unknown_rows.center_id,
        unknown_rows.device_uid,
        case
            when unknown_rows.reason_code = 'UNKNOWN_CENTER' then unknown_rows.center_id
            else unknown_rows.device_uid
        end as detail,
        cast(null as varchar) as other_source_sha256,
        cast(null as bigint) as other_source_line
    from {{ ref('int_integrity__unknown_rows') }} as unknown_rows
    union all
    select
        'device_events' as record_kind,
        set_aside_events.source_sha256,
        set_aside_events.source_line,
        set_aside_events.event_id as row_key,
        'STATES_OVERLAP' as reason_code,
        set_aside_events.center_id,
        set_aside_events.device_uid,
        set_aside_events.detail,
        set_aside_events.other_source_sha256,
        set_aside_events.other_source_line
    from {{ ref('int_integrity__set_aside_events') }} as set_aside_events
    union all
    select
        'device_events' as record_kind,
        contested_events.source_sha256,
        contested_events.source_line,
        contested_events.event_id as row_key,
        'CARD_IN_TWO_CENTERS' as reason_code,
        contested_events.center_id,
        contested_events.device_uid,
        contested_events.other_center_id as detail,
        contested_events.other_source_sha256,
        contested_events.other_source_line
    from {{ ref('int_integrity__contested_events') }} as contested_events
    union all
    select
        'device_aliases' as record_kind,
        alias_claims.source_sha256,
        alias_claims.source_line,
        alias_claims.alias_id as row_key,
        'ALIAS_ON_TWO_DEVICES' as reason_code,
        alias_claims.center_id,
        alias_claims.device_uid,
        alias_claims.alias_value || ' | ' || alias_claims.other_device_uid as detail,
        alias_claims.other_source_sha256,
        alias_claims.other_source_line
    from {{ ref('int_identity__alias_claims') }} as alias_claims
    where alias_claims.is_clashing
    union all
    select
        alias_records.record_kind,
        alias_records.source_sha256,
        alias_records.source_line,
        named_rows.row_key,
        alias_records.reason_code,
        alias_records.center_id,
        alias_records.named_device_uid as device_uid,
        coalesce(alias_records.device_uid, alias_records.named_device_uid) as detail,
        cast(null as varchar) as other_source_sha256,
        cast(null as bigint) as other_source_line
    from {{ ref('int_identity__alias_records') }} as alias_records
    inner join named_rows
        on
            alias_records.record_kind = named_rows.record_kind
            and alias_records.source_sha256 = named_rows.source_sha256
            and alias_records.source_line = named_rows.source_line
            and alias_records.named_device_uid = named_rows.device_uid
    where alias_records.reason_code is not null
    union all
    select
        'power_readings' as record_kind,
        counter_resets.source_sha256,
        counter_resets.source_line,
        concat_ws(
            ' / ',
            counter_resets.center_id,
            counter_resets.meter_id,
            cast(counter_resets.read_at as varchar),
            counter_resets.source_method
        ) as row_key,
        'COUNTER_RESET' as reason_code,
        counter_resets.center_id,
        cast(null as varchar) as device_uid,
        cast(counter_resets.total_wh as varchar) || ' Wh < '
        || cast(counter_resets.earlier_total_wh as varchar) || ' Wh' as detail,
        counter_resets.earlier_source_sha256 as other_source_sha256,
        counter_resets.earlier_source_line as other_source_line
    from {{ ref('int_integrity__counter_resets') }} as counter_resets
    union all
    select
        'lease_devices' as record_kind,
        lease_devices.source_sha256,
        lease_devices.source_line,
        lease_device_rows.row_key,
        'LEASE_ABOVE_CAPACITY' as reason_code,
        lease_devices.center_id,
        lease_devices.device_uid,
        cast(above_capacity.leased_card_count as varchar) || ' > '
        || cast(above_capacity.registered_card_count as varchar) as detail,
        cast(null as varchar) as other_source_sha256,
        cast(null as bigint) as other_source_line
    from {{ ref('stg_registers__lease_devices') }} as lease_devices
    inner join {{ ref('int_integrity__leases_above_capacity') }} as above_capacity
        on
            lease_devices.lease_id = above_capacity.lease_id
            and lease_devices.center_id = above_capacity.center_id
    inner join lease_device_rows
        on
            lease_devices.source_sha256 = lease_device_rows.source_sha256
            and lease_devices.source_line = lease_device_rows.source_line
            and lease_devices.device_uid = lease_device_rows.device_uid
    union all
    select
        'lease_devices' as record_kind,
        overlapping_leases.source_sha256,
        overlapping_leases.source_line,
        lease_device_rows.row_key,
        'LEASES_OVERLAP' as reason_code,
        overlapping_leases.center_id,
        overlapping_leases.device_uid,
        overlapping_leases.other_lease_id || ', ' || cast(overlapping_leases.overlap_seconds as varchar) || ' s'
            as detail,
        overlapping_leases.other_source_sha256,
        overlapping_leases.other_source_line
    from {{ ref('int_integrity__overlapping_leases') }} as overlapping_leases
    inner join lease_device_rows
        on
            overlapping_leases.source_sha256 = lease_device_rows.source_sha256
            and overlapping_leases.source_line = lease_device_rows.source_line
            and overlapping_leases.device_uid = lease_device_rows.device_uid
),

sample_rows as (
    select
        set_aside_samples.*,
        case
            when set_aside_samples.reason_code = 'UNKNOWN_CENTER' then set_aside_samples.center_id
            when set_aside_samples.reason_code = 'POWER_ABOVE_TDP'
                then
                    cast(cast(ceil(set_aside_samples.highest_power_mw / 1000) as bigint) as varchar) || ' W > '
                    || cast(set_aside_samples.tdp_w as varchar) || ' W TDP, '
                    || cast(set_aside_samples.hour_count as varchar) || ' h'
            else coalesce(set_aside_samples.remark, set_aside_samples.device_uid)
        end as detail
    from {{ ref('int_integrity__set_aside_samples') }} as set_aside_samples
)

select
    record_rows.record_kind,
    record_rows.source_sha256,
    record_rows.source_line,
    record_rows.row_key,
    record_rows.reason_code,
    row_number() over (
        partition by
            record_rows.record_kind, record_rows.source_sha256, record_rows.row_key, record_rows.reason_code
        order by record_rows.source_line nulls last
    ) as row_no,
    case
        when record_rows.reason_code in ('CARD_IN_TWO_CENTERS', 'LEASES_OVERLAP') then 'contested'
        when record_rows.reason_code = 'COUNTER_RESET' then 'partly_used'
        -- a request told in two ways counts with the least and the most that is said of it
        when record_rows.reason_code = 'CONFLICTING_KEY' and record_rows.record_kind = 'token_usage' then 'contested'
        else 'set_aside'
    end as standing,
    record_rows.center_id,
    record_rows.device_uid,
    cast(null as date) as utc_day,
    cast(1 as bigint) as row_count,
    record_rows.detail,
    record_rows.other_source_sha256,
    record_rows.other_source_line
from record_rows
union all
select
    'samples' as record_kind,
    sample_rows.source_sha256,
    cast(null as bigint) as source_line,
    sample_rows.center_id || ' / ' || sample_rows.device_uid || ' / '
    || cast(sample_rows.utc_day as varchar) as row_key,
    sample_rows.reason_code,
    cast(1 as bigint) as row_no,
    case when sample_rows.reason_code = 'POWER_ABOVE_TDP' then 'partly_used' else 'set_aside' end as standing,
    sample_rows.center_id,
    sample_rows.device_uid,
    sample_rows.utc_day,
    sample_rows.row_count,
    sample_rows.detail,
    cast(null as varchar) as other_source_sha256,
    cast(null as bigint) as other_source_line
from sample_rows
