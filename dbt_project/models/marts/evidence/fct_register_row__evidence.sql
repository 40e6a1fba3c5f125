-- Grain: one row per register row that a figure can rest on, with its subject and the days it speaks of.
-- The subject is a card for events and leases, a center for cash and places, a commitment for promises and their use,
-- a subsidy for its terms, conditions, assessments, payments and claims, an entry for what break-even and revenue are
-- made of.
with centers as (
    select
        center_id,
        coalesce(time_zone, 'UTC') as time_zone
    from {{ ref('stg_registers__centers') }}
),

files as (
    select
        source_sha256,
        original_name
    from {{ ref('stg_intake__files') }}
),

events as (
    select
        device_events.center_id,
        device_events.device_uid,
        device_events.event_id,
        device_events.occurred_epoch_seconds,
        lead(device_events.occurred_epoch_seconds) over (
            partition by device_events.center_id, device_events.device_uid
            order by device_events.occurred_epoch_seconds nulls last, device_events.event_id nulls last
        ) as next_epoch_seconds,
        device_events.source_sha256,
        device_events.source_line
    from {{ ref('int_integrity__device_events') }} as device_events
),

lease_spans as (
    select
        spans.center_id,
        spans.device_uid,
        spans.lease_id,
        least(spans.allocated_from_epoch_seconds, coalesce(spans.sold_from_epoch_seconds, 9999999999))
            as from_epoch_seconds,
        greatest(spans.allocated_to_epoch_seconds, coalesce(spans.sold_to_epoch_seconds, 0)) as to_epoch_seconds,
        lease_devices.source_sha256 as allocation_sha256,
        lease_devices.source_line as allocation_line,
        leases.source_sha256 as lease_sha256,
        leases.source_line as lease_line
    from {{ ref('int_inventory__lease_device_spans') }} as spans
    inner join {{ ref('int_integrity__lease_devices') }} as lease_devices
        on
            spans.lease_id = lease_devices.lease_id
            and spans.device_uid = lease_devices.device_uid
            and spans.allocated_from_epoch_seconds = lease_devices.allocated_from_epoch_seconds
    left join {{ ref('stg_registers__leases') }} as leases
        on spans.lease_id = leases.lease_id
),

timed as (
    select
        'device_events' as record_kind,
        event_id as record_id,
        center_id,
        device_uid as subject_id,
        occurred_epoch_seconds as from_epoch_seconds,
        next_epoch_seconds as to_epoch_seconds,
        source_sha256,
        source_line
    from events
    union all
    select
        'lease_devices' as record_kind,
        lease_id as record_id,
        center_id,
        device_uid as subject_id,
        from_epoch_seconds,
        to_epoch_seconds,
        allocation_sha256 as source_sha256,
        allocation_line as source_line
    from lease_spans
    union all
    select
        'leases' as record_kind,
        lease_id as record_id,
        center_id,
        device_uid as subject_id,
        from_epoch_seconds,
        to_epoch_seconds,
        lease_sha256 as source_sha256,
        lease_line as source_line
    from lease_spans
    where lease_sha256 is not null
),

on_days as (
    select
        timed.record_kind,
        timed.record_id,
        timed.center_id,
        timed.subject_id,
        {{ local_date('timed.from_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as first_day_on,
        case
            when timed.to_epoch_seconds is not null
                then {{ local_date('timed.to_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }}
        end as last_day_on,
        timed.source_sha256,
        timed.source_line
    from timed
    left join centers
        on timed.center_id = centers.center_id
    union all
    select
        'cash_movements' as record_kind,
        movement_id as record_id,
        center_id,
        center_id as subject_id,
        booked_on as first_day_on,
        booked_on as last_day_on,
        source_sha256,
        source_line
    from {{ ref('stg_registers__cash_movements') }}
    union all
    select
        'metered_usage' as record_kind,
        usage_id as record_id,
        center_id,
        commitment_id as subject_id,
        used_on as first_day_on,
        used_on as last_day_on,
        source_sha256,
        source_line
    from {{ ref('stg_registers__metered_usage') }}
    where commitment_id is not null
    union all
    select
        'leases' as record_kind,
        leases.lease_id as record_id,
        leases.center_id,
        leases.commitment_id as subject_id,
        {{ local_date('leases.starts_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as first_day_on,
        {{ local_date(
            'least(leases.ends_epoch_seconds, coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds))',
            "coalesce(centers.time_zone, 'UTC')"
        ) }} as last_day_on,
        leases.source_sha256,
        leases.source_line
    from {{ ref('stg_registers__leases') }} as leases
    left join centers
        on leases.center_id = centers.center_id
    where leases.commitment_id is not null
    union all
    select
        'offtake_amendments' as record_kind,
        amendments.commitment_id || '/' || cast(amendments.version_no as string) as record_id,
        commitments.center_id,
        amendments.commitment_id as subject_id,
        amendments.valid_from as first_day_on,
        {{ add_days('amendments.valid_to', -1) }} as last_day_on,
        amendments.source_sha256,
        amendments.source_line
    from {{ ref('stg_registers__offtake_amendments') }} as amendments
    left join {{ ref('stg_registers__offtake_commitments') }} as commitments
        on amendments.commitment_id = commitments.commitment_id
    union all
    select
        'offtake_periods' as record_kind,
        periods.commitment_id || '/' || cast(periods.period_no as string) as record_id,
        commitments.center_id,
        periods.commitment_id as subject_id,
        periods.period_start_on as first_day_on,
        {{ add_days('periods.period_end_on', -1) }} as last_day_on,
        periods.source_sha256,
        periods.source_line
    from {{ ref('stg_registers__offtake_periods') }} as periods
    left join {{ ref('stg_registers__offtake_commitments') }} as commitments
        on periods.commitment_id = commitments.commitment_id
    union all
    select
        record_kind,
        record_id,
        center_id,
        subject_id,
        first_day_on,
        last_day_on,
        source_sha256,
        source_line
    from {{ ref('int_evidence__money_lines') }}
    union all
    select
        record_kind,
        record_id,
        center_id,
        subject_id,
        first_day_on,
        last_day_on,
        source_sha256,
        source_line
    from {{ ref('int_evidence__ahead_lines') }}
    {% for kind, model, record_id in [
        ('cabinets', 'stg_registers__cabinets', 'cabinet_id'),
        ('servers', 'stg_registers__servers', 'server_id'),
        ('slots', 'stg_registers__slots', 'slot_id')
    ] %}
        -- What a room holds is told without a date: it holds for all days.
        union all
        select
            '{{ kind }}' as record_kind,
            {{ record_id }} as record_id,
            center_id,
            center_id as subject_id,
            cast('1900-01-01' as date) as first_day_on,
            cast(null as date) as last_day_on,
            source_sha256,
            source_line
        from {{ ref(model) }}
    {% endfor %}
    union all
    select
        'subsidy_programmes' as record_kind,
        programmes.programme_id as record_id,
        programmes.center_id,
        programmes.programme_id as subject_id,
        programmes.valid_from as first_day_on,
        cast(null as date) as last_day_on,
        programmes.source_sha256,
        programmes.source_line
    from {{ ref('stg_registers__subsidy_programmes') }} as programmes
    {% for kind, record_id in [
        ('subsidy_milestones', 'milestone_id'),
        ('subsidy_payments', 'payment_id'),
        ('subsidy_claims', 'claim_id')
    ] %}
        -- A record of a programme speaks of it from the day the programme holds.
        union all
        select
            '{{ kind }}' as record_kind,
            records.{{ record_id }} as record_id,
            programmes.center_id,
            programmes.programme_id as subject_id,
            programmes.valid_from as first_day_on,
            cast(null as date) as last_day_on,
            records.source_sha256,
            records.source_line
        from {{ ref('stg_registers__' ~ kind) }} as records
        inner join {{ ref('stg_registers__subsidy_programmes') }} as programmes
            on records.programme_id = programmes.programme_id
    {% endfor %}
    union all
    select
        'subsidy_assessments' as record_kind,
        assessments.assessment_id as record_id,
        programmes.center_id,
        programmes.programme_id as subject_id,
        programmes.valid_from as first_day_on,
        cast(null as date) as last_day_on,
        assessments.source_sha256,
        assessments.source_line
    from {{ ref('stg_registers__subsidy_assessments') }} as assessments
    inner join {{ ref('stg_registers__subsidy_milestones') }} as milestones
        on assessments.milestone_id = milestones.milestone_id
    inner join {{ ref('stg_registers__subsidy_programmes') }} as programmes
        on milestones.programme_id = programmes.programme_id
)

select
    on_days.record_kind,
    on_days.record_id,
    on_days.center_id,
    on_days.subject_id,
    on_days.first_day_on,
    case when count(*) = count(on_days.last_day_on) then max(on_days.last_day_on) end as last_day_on,
    on_days.source_sha256,
    files.original_name,
    on_days.source_line
from on_days
left join files
    on on_days.source_sha256 = files.source_sha256
group by
    on_days.record_kind,
    on_days.record_id,
    on_days.center_id,
    on_days.subject_id,
    on_days.first_day_on,
    on_days.source_sha256,
    files.original_name,
    on_days.source_line
