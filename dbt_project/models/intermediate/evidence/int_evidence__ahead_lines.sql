-- Grain: one row per register row that something ahead is reckoned from, and entry. The subject is the entry.
-- What has been speaks of all that is ahead: such rows have a first day and no last one.
with leases as (
    select
        backlog.center_id,
        backlog.lease_id,
        backlog.lease_id as subject_id
    from {{ ref('int_leases__backlog') }} as backlog
    union all
    select
        outlook.center_id,
        outlook.lease_id,
        'outlook' as subject_id
    from {{ ref('int_payback__outlook_leases') }} as outlook
    union all
    select
        exits.center_id,
        exits.lease_id,
        'largest_tenant_leaves' as subject_id
    from {{ ref('int_stress__exits') }} as exits
    where exits.billed_rank = 1
),

years as (
    select
        center_id,
        first_month_on,
        last_month_on
    from {{ ref('int_payback__trailing_years') }}
),

subjects as (
    select subjects.subject_id
    from (values ('outlook'), ('run_rate_goes_on')) as subjects (subject_id)
)

select
    'leases' as record_kind,
    leases.lease_id as record_id,
    leases.center_id,
    leases.subject_id,
    {{ local_date('registered.starts_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as first_day_on,
    cast(null as date) as last_day_on,
    registered.source_sha256,
    registered.source_line
from leases
inner join {{ ref('stg_registers__leases') }} as registered
    on leases.lease_id = registered.lease_id
left join {{ ref('stg_registers__centers') }} as centers
    on leases.center_id = centers.center_id
union all
select
    'invoice_lines' as record_kind,
    lines.invoice_line_id as record_id,
    lines.center_id,
    leases.subject_id,
    lines.service_from as first_day_on,
    cast(null as date) as last_day_on,
    lines.source_sha256,
    lines.source_line
from leases
inner join {{ ref('stg_registers__invoice_lines') }} as lines
    on
        leases.center_id = lines.center_id
        and leases.lease_id = lines.lease_id
union all
select
    'cash_movements' as record_kind,
    movements.movement_id as record_id,
    movements.center_id,
    subjects.subject_id,
    movements.booked_on as first_day_on,
    cast(null as date) as last_day_on,
    movements.source_sha256,
    movements.source_line
from {{ ref('stg_registers__cash_movements') }} as movements
inner join years
    on
        movements.center_id = years.center_id
        and movements.booked_on >= years.first_month_on
        and movements.booked_on < {{ add_months('years.last_month_on', 1) }}
cross join subjects
where
    movements.movement_kind in ('receipt', 'true_up', 'tax')
    or movements.movement_kind like 'opex%'
