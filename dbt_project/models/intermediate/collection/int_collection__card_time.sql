-- Grain: one row per center, local day, lease, model, evidence class, lit status, sold, allocated, duplicate or not.
-- The lease in force has the card time; where none is, the lease it is still handed over under; `several` where two
-- overlap.
with tenancies as (
    select
        center_id,
        device_uid,
        local_day,
        case when sold_lease_id = 'none' then allocated_lease_id else sold_lease_id end as lease_id,
        is_sold,
        is_allocated,
        is_able_duplicate,
        lit_seconds,
        idle_seconds,
        unknown_seconds
    from {{ ref('int_utilization__tenancy_readings') }}
),

evidence as (
    select
        coalesce(telemetry_days.center_id, device_days.center_id) as center_id,
        coalesce(telemetry_days.device_uid, device_days.device_uid) as device_uid,
        coalesce(telemetry_days.local_day, device_days.local_day) as local_day,
        case
            when telemetry_days.device_uid is null then device_days.evidence_class
            when telemetry_days.evidence_c_seconds > 0 then 'C'
            when telemetry_days.evidence_b_seconds > 0 then 'B'
            when telemetry_days.evidence_a_seconds > 0 then 'A'
            when telemetry_days.evidence_d_seconds > 0 then 'D'
        end as evidence_class
    from {{ ref('int_utilization__telemetry_device_days') }} as telemetry_days
    full outer join {{ ref('int_identity__device_days') }} as device_days
        on
            telemetry_days.center_id = device_days.center_id
            and telemetry_days.device_uid = device_days.device_uid
            and telemetry_days.local_day = device_days.local_day
),

card_days as (
    select
        tenancies.center_id,
        tenancies.local_day,
        tenancies.lease_id,
        devices.model_id,
        coalesce(evidence.evidence_class, 'none') as evidence_class,
        tenancies.is_sold,
        tenancies.is_allocated,
        tenancies.is_able_duplicate,
        {{ integer_sum('tenancies.lit_seconds') }} as lit_seconds,
        {{ integer_sum('tenancies.idle_seconds') }} as idle_seconds,
        {{ integer_sum('tenancies.unknown_seconds') }} as unknown_seconds
    from tenancies
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            tenancies.center_id = devices.center_id
            and tenancies.device_uid = devices.device_uid
    left join evidence
        on
            tenancies.center_id = evidence.center_id
            and tenancies.device_uid = evidence.device_uid
            and tenancies.local_day = evidence.local_day
    group by
        tenancies.center_id,
        tenancies.local_day,
        tenancies.lease_id,
        devices.model_id,
        coalesce(evidence.evidence_class, 'none'),
        tenancies.is_sold,
        tenancies.is_allocated,
        tenancies.is_able_duplicate
),

statuses as (
    select named.lit_status
    from (values ('lit'), ('idle'), ('unknown')) as named (lit_status)
),

by_status as (
    select
        card_days.center_id,
        card_days.local_day,
        card_days.lease_id,
        card_days.model_id,
        card_days.evidence_class,
        card_days.is_sold,
        card_days.is_allocated,
        card_days.is_able_duplicate,
        statuses.lit_status,
        case statuses.lit_status
            when 'lit' then card_days.lit_seconds
            when 'idle' then card_days.idle_seconds
            else card_days.unknown_seconds
        end as card_seconds
    from card_days
    cross join statuses
)

select
    by_status.center_id,
    by_status.local_day,
    by_status.lease_id,
    by_status.model_id,
    by_status.evidence_class,
    by_status.is_sold,
    by_status.is_allocated,
    by_status.is_able_duplicate,
    by_status.lit_status,
    by_status.card_seconds,
    cast(row_number() over (
        order by
            by_status.center_id nulls last,
            by_status.lease_id nulls last,
            by_status.local_day nulls last,
            by_status.model_id nulls last,
            by_status.evidence_class nulls last,
            by_status.is_sold nulls last,
            by_status.is_allocated nulls last,
            by_status.is_able_duplicate nulls last,
            by_status.lit_status nulls last
    ) as bigint) as card_time_no
from by_status
where by_status.card_seconds > 0
