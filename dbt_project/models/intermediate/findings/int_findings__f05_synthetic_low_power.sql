-- Grain: one row per card and quarter with hours in a row of high, unmoving utilization at power close to rest.
-- Known tensor or memory activity above its limit silences an hour; so do tokens that its server answered in it.
with device_hours as (
    select * from {{ ref('int_findings__device_hours') }}
),

servers as (
    select
        center_id,
        server_id,
        server_id as server_name
    from {{ ref('stg_registers__servers') }}
    union
    select
        center_id,
        server_id,
        host_name as server_name
    from {{ ref('stg_registers__servers') }}
    where host_name is not null
),

token_hours as (
    select
        token_usage.center_id,
        servers.server_id,
        {{ whole_division('token_usage.requested_epoch_seconds', '3600') }} * 3600 as hour_start_epoch_seconds,
        sum(token_usage.completion_token_count) as token_count
    from {{ ref('stg_registers__token_usage') }} as token_usage
    inner join servers
        on
            token_usage.center_id = servers.center_id
            and token_usage.server_name = servers.server_name
    group by
        token_usage.center_id,
        servers.server_id,
        {{ whole_division('token_usage.requested_epoch_seconds', '3600') }} * 3600
    having sum(token_usage.completion_token_count) > 0
),

matches as (
    select
        device_hours.center_id,
        device_hours.device_uid,
        device_hours.local_day,
        device_hours.hour_start_epoch_seconds,
        device_hours.power_ratio_upper,
        device_hours.tensor_pct is not null or device_hours.dram_pct is not null as is_profiled,
        device_hours.hour_start_epoch_seconds - 3600 * row_number() over (
            partition by device_hours.center_id, device_hours.device_uid
            order by device_hours.hour_start_epoch_seconds nulls last
        ) as run_key
    from device_hours
    left join token_hours
        on
            device_hours.center_id = token_hours.center_id
            and device_hours.server_id = token_hours.server_id
            and device_hours.hour_start_epoch_seconds = token_hours.hour_start_epoch_seconds
    where
        device_hours.busy_pct >= {{ policy_number('f05_util_pct') }}
        and device_hours.busy_sd_pp <= {{ policy_number('f05_util_sd_pp') }}
        and device_hours.power_ratio_upper <= {{ policy_number('f05_power_ratio') }}
        and coalesce(device_hours.tensor_pct, 0) <= {{ policy_number('f05_tensor_pct') }}
        and coalesce(device_hours.dram_pct, 0) <= {{ policy_number('f05_dram_pct') }}
        and token_hours.token_count is null
),

runs as (
    select
        center_id,
        device_uid,
        min(local_day) as first_day,
        max(local_day) as last_day,
        min(hour_start_epoch_seconds) as first_hour,
        max(hour_start_epoch_seconds) as last_hour,
        count(*) as hour_count,
        sum(power_ratio_upper) as power_ratio_sum,
        min(case when is_profiled then 1 else 0 end) as is_profiled
    from matches
    group by center_id, device_uid, run_key
    having count(*) >= {{ policy_number('f05_min_hours') }}
),

found as (
    select
        center_id,
        'device' as subject_kind,
        device_uid as subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        sum(power_ratio_sum) / sum(hour_count) as observed,
        {{ policy_number('f05_power_ratio') }} as expected,
        'holds' as verdict,
        false as is_weak,
        case when max(is_profiled) = 1 then 0.85 else 0.6 end as confidence,
        sum(hour_count) as evidence_count,
        center_id || ' / ' || device_uid || ' / ' || cast(min(first_hour) as string) as first_evidence_key,
        center_id || ' / ' || device_uid || ' / ' || cast(max(last_hour) as string) as last_evidence_key
    from runs
    group by center_id, device_uid, {{ quarter_start('first_day') }}
)

{{ finding_shape('F05', 'found') }}
