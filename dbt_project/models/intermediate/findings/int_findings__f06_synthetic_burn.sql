-- Grain: one row per server and quarter with hours in a row in which all its cards draw the same flat power at high
-- tensor activity, outside the windows declared for tests: the acceptance window of the center, leases for tests and
-- burn-in, and time before a card was accepted. Where tensor activity is not told it is undetermined.
with test_leases as (
    select
        lease_spans.center_id,
        lease_spans.device_uid,
        lease_spans.allocated_from_epoch_seconds,
        lease_spans.allocated_to_epoch_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as lease_spans
    inner join {{ ref('stg_registers__leases') }} as leases
        on lease_spans.lease_id = leases.lease_id
    where
        leases.purpose = 'acceptance_test'
        or leases.workload_class in ('burn_in', 'acceptance_test', 'benchmark', 'synthetic')
),

centers as (
    select
        center_id,
        acceptance_start_on,
        acceptance_end_on
    from {{ ref('stg_registers__centers') }}
),

tested_hours as (
    select
        device_hours.center_id,
        device_hours.server_id,
        device_hours.hour_start_epoch_seconds,
        count(*) as card_count
    from {{ ref('int_findings__device_hours') }} as device_hours
    inner join test_leases
        on
            device_hours.center_id = test_leases.center_id
            and device_hours.device_uid = test_leases.device_uid
            and device_hours.hour_start_epoch_seconds >= test_leases.allocated_from_epoch_seconds
            and device_hours.hour_start_epoch_seconds < test_leases.allocated_to_epoch_seconds
    group by device_hours.center_id, device_hours.server_id, device_hours.hour_start_epoch_seconds
),

server_hours as (
    select
        device_hours.center_id,
        device_hours.server_id,
        device_hours.local_day,
        device_hours.hour_start_epoch_seconds,
        count(*) as card_count,
        min(device_hours.busy_pct) as lowest_busy_pct,
        max(device_hours.power_sd_ratio) as highest_power_sd_ratio,
        min(device_hours.tensor_pct) as lowest_tensor_pct,
        count(device_hours.tensor_pct) as tensor_card_count,
        max(device_hours.power_w) as highest_power_w,
        min(device_hours.power_w) as lowest_power_w,
        min(device_hours.power_ratio_upper) as lowest_power_ratio,
        min(case when device_hours.is_in_service then 1 else 0 end) as is_in_service
    from {{ ref('int_findings__device_hours') }} as device_hours
    where device_hours.server_id is not null
    group by
        device_hours.center_id,
        device_hours.server_id,
        device_hours.local_day,
        device_hours.hour_start_epoch_seconds
),

matches as (
    select
        server_hours.center_id,
        server_hours.server_id,
        server_hours.local_day,
        server_hours.hour_start_epoch_seconds,
        server_hours.tensor_card_count = server_hours.card_count as is_tensor_known,
        server_hours.hour_start_epoch_seconds - 3600 * row_number() over (
            partition by server_hours.center_id, server_hours.server_id
            order by server_hours.hour_start_epoch_seconds nulls last
        ) as run_key
    from server_hours
    inner join centers
        on server_hours.center_id = centers.center_id
    left join tested_hours
        on
            server_hours.center_id = tested_hours.center_id
            and server_hours.server_id = tested_hours.server_id
            and server_hours.hour_start_epoch_seconds = tested_hours.hour_start_epoch_seconds
    where
        server_hours.card_count >= 2
        and server_hours.is_in_service = 1
        and server_hours.lowest_busy_pct >= {{ policy_number('f05_util_pct') }}
        and server_hours.highest_power_sd_ratio <= {{ policy_number('f06_power_sd_ratio') }}
        and server_hours.lowest_power_ratio > {{ policy_number('f05_power_ratio') }}
        and coalesce(server_hours.lowest_tensor_pct, 100) >= {{ policy_number('f06_tensor_pct') }}
        and server_hours.highest_power_w - server_hours.lowest_power_w
        <= {{ policy_number('f06_card_spread_ratio') }} * server_hours.highest_power_w
        and tested_hours.card_count is null
        and not coalesce(
            server_hours.local_day >= centers.acceptance_start_on
            and server_hours.local_day < centers.acceptance_end_on,
            false
        )
),

runs as (
    select
        center_id,
        server_id,
        min(local_day) as first_day,
        max(local_day) as last_day,
        min(hour_start_epoch_seconds) as first_hour,
        max(hour_start_epoch_seconds) as last_hour,
        count(*) as hour_count,
        min(case when is_tensor_known then 1 else 0 end) as is_tensor_known
    from matches
    group by center_id, server_id, run_key
    having count(*) >= {{ policy_number('f06_min_hours') }}
),

found as (
    select
        center_id,
        'server' as subject_kind,
        server_id as subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        sum(hour_count) as observed,
        {{ policy_number('f06_min_hours') }} as expected,
        case when max(is_tensor_known) = 1 then 'holds' else 'undetermined' end as verdict,
        false as is_weak,
        case when max(is_tensor_known) = 1 then 0.8 else 0.4 end as confidence,
        sum(hour_count) as evidence_count,
        center_id || ' / ' || server_id || ' / ' || cast(min(first_hour) as string) as first_evidence_key,
        center_id || ' / ' || server_id || ' / ' || cast(max(last_hour) as string) as last_evidence_key
    from runs
    group by center_id, server_id, {{ quarter_start('first_day') }}
)

{{ finding_shape('F06', 'found') }}
