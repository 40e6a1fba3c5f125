-- Grain: one row per lease in force as of the build and billed in its center's last billed month; frameworks left out.
with build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

centers as (
    select
        center_id,
        time_zone
    from {{ ref('stg_registers__centers') }}
),

lines as (
    select
        center_id,
        lease_id,
        service_from,
        service_to,
        billed_cny_fen as gross_cny_fen
    from {{ ref('int_collection__billed_lines') }}
),

-- A month not yet billed is not a month without billing.
last_months as (
    select
        center_id,
        {{ add_months(month_start('max(service_to)'), -1) }} as month_start_on,
        {{ month_start('max(service_to)') }} as month_end_on
    from lines
    group by center_id
),

billed as (
    select
        lines.center_id,
        lines.lease_id,
        {{ integer_sum(
            'cast(round(cast(lines.gross_cny_fen as double) * '
            ~ days_between(
                'greatest(lines.service_from, last_months.month_start_on)',
                'least(lines.service_to, last_months.month_end_on)'
            )
            ~ ' / ' ~ days_between('lines.service_from', 'lines.service_to') ~ ') as bigint)'
        ) }} as monthly_gross_cny_fen
    from lines
    inner join last_months
        on
            lines.center_id = last_months.center_id
            and lines.service_from < last_months.month_end_on
            and lines.service_to > last_months.month_start_on
    where lines.lease_id is not null
    group by lines.center_id, lines.lease_id
)

select
    leases.center_id,
    leases.lease_id,
    leases.firmness,
    coalesce(leases.firmness in ('firm_prepaid', 'firm'), false) as is_bound,
    {{ local_date('leases.ends_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as ends_on,
    billed.monthly_gross_cny_fen
from {{ ref('stg_registers__leases') }} as leases
inner join billed
    on
        leases.lease_id = billed.lease_id
        and leases.center_id = billed.center_id
left join centers
    on leases.center_id = centers.center_id
cross join build
where
    billed.monthly_gross_cny_fen > 0
    and coalesce(leases.firmness, '') <> 'framework'
    and leases.ends_epoch_seconds > build.as_of_epoch_seconds
    and coalesce(leases.cancelled_epoch_seconds > build.as_of_epoch_seconds, true)
