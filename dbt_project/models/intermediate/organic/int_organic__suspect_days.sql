-- Grain: one row per center, card and local day with samples of its load: how long it may have been synthetic at most.
-- Findings of synthetic load name a card or a server and a quarter, and their hours: no day was suspect for longer.
with sampled as (
    select
        center_id,
        device_uid,
        local_day,
        max(server_id) as server_id
    from {{ ref('int_findings__device_hours') }}
    group by center_id, device_uid, local_day
),

found as (
    select
        center_id,
        subject_kind,
        subject_id,
        period_start_on,
        period_end_on,
        evidence_count
    from {{ ref('int_findings__f05_synthetic_low_power') }}
    union all
    select
        center_id,
        subject_kind,
        subject_id,
        period_start_on,
        period_end_on,
        evidence_count
    from {{ ref('int_findings__f06_synthetic_burn') }}
)

select
    sampled.center_id,
    sampled.device_uid,
    sampled.local_day,
    cast(least({{ integer_sum('found.evidence_count') }}, 24) * 3600 as bigint) as suspect_seconds_upper
from sampled
left join found
    on
        sampled.center_id = found.center_id
        and (
            (found.subject_kind = 'device' and sampled.device_uid = found.subject_id)
            or (found.subject_kind = 'server' and sampled.server_id = found.subject_id)
        )
        and found.period_start_on <= sampled.local_day
        and sampled.local_day < found.period_end_on
group by sampled.center_id, sampled.device_uid, sampled.local_day
