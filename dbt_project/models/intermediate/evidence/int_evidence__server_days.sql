-- Grain: one row per center, server and local day with a power reading that says whether the server computed.
-- At least class_c_power_ratio of the way from idle to nameplate is lit. Without a measured idle there is no verdict,
-- and the mean of a long interval is none either.
with policy as (
    select
        cast({{ policy_number('class_c_hold_seconds') }} as bigint) as hold_seconds,
        {{ policy_number('class_c_power_ratio') }} as power_ratio
),

servers as (
    select
        center_id,
        server_id,
        host_name,
        cast(idle_w as bigint) * 1000 as idle_milliwatts,
        cast(nameplate_w as bigint) * 1000 as full_milliwatts
    from {{ ref('stg_registers__servers') }}
    where idle_w is not null and nameplate_w > idle_w
),

readings as (
    select
        servers.center_id,
        servers.server_id,
        servers.idle_milliwatts,
        servers.full_milliwatts,
        coalesce(readings.started_epoch_seconds, readings.read_epoch_seconds) as span_from,
        case
            when readings.started_epoch_seconds is null then readings.read_epoch_seconds + policy.hold_seconds
            else readings.read_epoch_seconds
        end as span_to,
        coalesce(
            readings.power_milliwatts,
            {{ ratio('readings.energy_wh * 3600000', 'readings.read_epoch_seconds - readings.started_epoch_seconds') }}
        ) as milliwatts,
        policy.power_ratio
    from {{ ref('stg_registers__power_readings') }} as readings
    inner join servers
        on
            readings.center_id = servers.center_id
            and readings.server_name in (servers.server_id, servers.host_name)
    cross join policy
    where
        readings.meter_scope = 'server'
        and (
            readings.started_epoch_seconds is null
            or readings.read_epoch_seconds - readings.started_epoch_seconds <= policy.hold_seconds
        )
),

judged as (
    select
        center_id,
        server_id,
        span_from,
        span_to,
        case when milliwatts - idle_milliwatts >= power_ratio * (full_milliwatts - idle_milliwatts) then 1 else 0 end
            as verdict
    from readings
    where milliwatts is not null
),

-- Two meters of one server that disagree at one instant leave it unknown.
verdicts as (
    select
        center_id,
        server_id,
        span_from,
        max(span_to) as span_to,
        min(verdict) as least_verdict,
        max(verdict) as greatest_verdict
    from judged
    group by center_id, server_id, span_from
),

spans as (
    select
        verdicts.center_id,
        verdicts.server_id,
        verdicts.span_from,
        least(
            verdicts.span_to,
            coalesce(
                lead(verdicts.span_from) over (
                    partition by verdicts.center_id, verdicts.server_id
                    order by verdicts.span_from nulls last
                ),
                verdicts.span_to
            )
        ) as span_to,
        verdicts.least_verdict = 1 as is_lit,
        verdicts.least_verdict = verdicts.greatest_verdict as is_known
    from verdicts
),

on_days as (
    select
        spans.center_id,
        spans.server_id,
        center_days.local_day,
        spans.is_lit,
        least(spans.span_to, center_days.day_end_epoch_seconds)
        - greatest(spans.span_from, center_days.day_start_epoch_seconds) as span_seconds
    from spans
    inner join {{ ref('int_calendar__center_days') }} as center_days
        on
            spans.center_id = center_days.center_id
            and spans.span_from < center_days.day_end_epoch_seconds
            and spans.span_to > center_days.day_start_epoch_seconds
    where spans.is_known
)

select
    on_days.center_id,
    on_days.server_id,
    on_days.local_day,
    {{ integer_sum('on_days.span_seconds') }} as known_seconds,
    {{ integer_sum('case when on_days.is_lit then on_days.span_seconds end') }} as lit_seconds
from on_days
group by on_days.center_id, on_days.server_id, on_days.local_day
