-- Grain: one row per server or cabinet and quarter in which cards claimed able to run never sent anything while their
-- meter stood below a share of their idle power for days in a row; without any meter it is undetermined.
with card_days as (
    select
        card_days.center_id,
        card_days.server_id,
        servers.cabinet_id,
        card_days.local_day,
        card_days.day_seconds,
        accelerators.idle_w,
        card_days.first_known_on is null as is_never_seen,
        card_days.proven_able_seconds
    from {{ ref('int_findings__card_days') }} as card_days
    inner join {{ ref('accelerators') }} as accelerators
        on card_days.model_id = accelerators.model_id
    left join {{ ref('stg_registers__servers') }} as servers
        on
            card_days.center_id = servers.center_id
            and card_days.server_id = servers.server_id
    where card_days.able_seconds = card_days.day_seconds
),

meter_places as (
    select
        center_id,
        meter_id,
        max(cabinet_id) as cabinet_id
    from {{ ref('stg_registers__power_readings') }}
    group by center_id, meter_id
),

meter_days as (
    select
        meter_days.center_id,
        case when meter_days.meter_scope = 'server' then 'server' else 'cabinet' end as subject_kind,
        case when meter_days.meter_scope = 'server' then meter_days.server_name else meter_places.cabinet_id end
            as subject_id,
        meter_days.local_day,
        sum(meter_days.energy_milliwatt_seconds) as energy_milliwatt_seconds,
        min(meter_days.known_seconds) as known_seconds
    from {{ ref('int_energy__meter_days') }} as meter_days
    left join meter_places
        on
            meter_days.center_id = meter_places.center_id
            and meter_days.meter_id = meter_places.meter_id
    where meter_days.meter_scope in ('server', 'pdu', 'cabinet')
    group by
        meter_days.center_id,
        case when meter_days.meter_scope = 'server' then 'server' else 'cabinet' end,
        case when meter_days.meter_scope = 'server' then meter_days.server_name else meter_places.cabinet_id end,
        meter_days.local_day
),

placed as (
    select
        card_days.*,
        'server' as subject_kind,
        card_days.server_id as subject_id
    from card_days
    union all
    select
        card_days.*,
        'cabinet' as subject_kind,
        card_days.cabinet_id as subject_id
    from card_days
),

claimed as (
    select
        center_id,
        subject_kind,
        subject_id,
        local_day,
        day_seconds,
        sum(case when is_never_seen then 1 else 0 end) as never_seen_card_count,
        count(*) as card_count,
        sum(idle_w) as idle_w,
        sum(proven_able_seconds) as proven_able_seconds
    from placed
    where subject_id is not null
    group by center_id, subject_kind, subject_id, local_day, day_seconds
),

judged as (
    select
        claimed.center_id,
        claimed.subject_kind,
        claimed.subject_id,
        claimed.local_day,
        meter_days.known_seconds is null as is_unmetered,
        claimed.idle_w * claimed.day_seconds as idle_watt_seconds,
        {{ ratio('meter_days.energy_milliwatt_seconds', '1000') }} as drawn_watt_seconds,
        case
            when meter_days.known_seconds is null
                then
                    claimed.subject_kind = 'server'
                    and claimed.proven_able_seconds = 0
                    and claimed.never_seen_card_count = claimed.card_count
            else
                meter_days.known_seconds * 10 >= claimed.day_seconds * 9
                and meter_days.energy_milliwatt_seconds
                < {{ policy_number('f01_idle_share') }} * claimed.idle_w * claimed.day_seconds * 1000
        end as is_match
    from claimed
    left join meter_days
        on
            claimed.center_id = meter_days.center_id
            and claimed.subject_kind = meter_days.subject_kind
            and claimed.subject_id = meter_days.subject_id
            and claimed.local_day = meter_days.local_day
    where claimed.never_seen_card_count > 0
),

-- Days in a row share the day before the first of them.
runs as (
    select
        judged.*,
        {{
            add_days(
                'judged.local_day',
                '-row_number() over (partition by judged.center_id, judged.subject_kind, judged.subject_id, '
                'judged.is_unmetered order by judged.local_day nulls last)'
            )
        }} as run_key
    from judged
    where judged.is_match
),

long_runs as (
    select
        center_id,
        subject_kind,
        subject_id,
        is_unmetered,
        min(local_day) as first_day,
        max(local_day) as last_day,
        count(*) as day_count,
        sum(idle_watt_seconds) as idle_watt_seconds,
        sum(drawn_watt_seconds) as drawn_watt_seconds
    from runs
    group by center_id, subject_kind, subject_id, is_unmetered, run_key
    having count(*) >= {{ policy_number('f01_min_days') }}
),

found as (
    select
        center_id,
        subject_kind,
        subject_id,
        {{ quarter_start('first_day') }} as period_start_on,
        min(first_day) as evidence_start_on,
        {{ add_days('max(last_day)', '1') }} as period_end_on,
        {{ ratio('sum(drawn_watt_seconds)', 'sum(idle_watt_seconds)') }} as observed,
        {{ policy_number('f01_idle_share') }} as expected,
        case when min(case when is_unmetered then 1 else 0 end) = 1 then 'undetermined' else 'holds' end as verdict,
        false as is_weak,
        case when min(case when is_unmetered then 1 else 0 end) = 1 then 0.3 else 0.85 end as confidence,
        sum(day_count) as evidence_count,
        center_id || ' / ' || subject_id || ' / ' || cast(min(first_day) as string) as first_evidence_key,
        center_id || ' / ' || subject_id || ' / ' || cast(max(last_day) as string) as last_evidence_key
    from long_runs
    group by center_id, subject_kind, subject_id, {{ quarter_start('first_day') }}
)

{{ finding_shape('F01', 'found') }}
