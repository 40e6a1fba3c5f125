-- Grain: one row per lease and billed month, from the first with use or billing to one month after the last.
-- A month not yet billed is not a month without billing: months end with the center's last billed day of service.
with billed_until as (
    select
        center_id,
        max(service_to) as billed_until_on
    from {{ ref('int_collection__billed_lines') }}
    group by center_id
),

months as (
    select
        month_cash.center_id,
        month_cash.month_start_on,
        month_cash.month_end_on,
        {{ local_midnight_epoch('month_cash.month_start_on', "coalesce(centers.time_zone, 'UTC')") }}
            as start_epoch_seconds,
        {{ local_midnight_epoch('month_cash.month_end_on', "coalesce(centers.time_zone, 'UTC')") }}
            as end_epoch_seconds
    from {{ ref('int_payback__month_cash') }} as month_cash
    inner join billed_until
        on
            month_cash.center_id = billed_until.center_id
            and month_cash.month_end_on <= billed_until.billed_until_on
    left join {{ ref('stg_registers__centers') }} as centers
        on month_cash.center_id = centers.center_id
    where month_cash.is_complete
),

-- A line over several months is spread by its days; differences of rounded running totals lose no fen.
billed as (
    select
        lines.lease_id,
        months.month_start_on,
        {{ integer_sum(
            'cast(round(cast(lines.billed_net_cny_fen as double) * '
            ~ days_between('lines.service_from', 'least(lines.service_to, months.month_end_on)')
            ~ ' / ' ~ days_between('lines.service_from', 'lines.service_to') ~ ') as bigint)'
            ~ ' - cast(round(cast(lines.billed_net_cny_fen as double) * '
            ~ days_between('lines.service_from', 'greatest(lines.service_from, months.month_start_on)')
            ~ ' / ' ~ days_between('lines.service_from', 'lines.service_to') ~ ') as bigint)'
        ) }} as billed_net_cny_fen
    from {{ ref('int_collection__billed_lines') }} as lines
    inner join months
        on
            lines.center_id = months.center_id
            and lines.service_from < months.month_end_on
            and lines.service_to > months.month_start_on
    where lines.lease_id is not null
    group by lines.lease_id, months.month_start_on
),

sold as (
    select
        spans.lease_id,
        months.month_start_on,
        {{ integer_sum(
            'least(spans.sold_to_epoch_seconds, months.end_epoch_seconds)'
            ~ ' - greatest(spans.sold_from_epoch_seconds, months.start_epoch_seconds)'
        ) }} as sold_card_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as spans
    inner join months
        on
            spans.center_id = months.center_id
            and spans.sold_from_epoch_seconds < months.end_epoch_seconds
            and spans.sold_to_epoch_seconds > months.start_epoch_seconds
    group by spans.lease_id, months.month_start_on
),

active as (
    select
        months_of_leases.lease_id,
        min(months_of_leases.month_start_on) as first_month_on,
        max(months_of_leases.month_start_on) as last_month_on
    from (
        select
            lease_id,
            month_start_on
        from billed
        where billed_net_cny_fen > 0
        union all
        select
            lease_id,
            month_start_on
        from sold
    ) as months_of_leases
    group by months_of_leases.lease_id
)

select
    leases.lease_id,
    leases.center_id,
    leases.tenant_party_id,
    months.month_start_on,
    months.month_end_on,
    leases.cancelled_epoch_seconds is not null as is_cancelled,
    least(leases.ends_epoch_seconds, coalesce(leases.cancelled_epoch_seconds, leases.ends_epoch_seconds))
    < months.end_epoch_seconds as has_ended,
    coalesce(billed.billed_net_cny_fen, 0) as billed_net_cny_fen,
    coalesce(sold.sold_card_seconds, 0) as sold_card_seconds
from {{ ref('stg_registers__leases') }} as leases
inner join active
    on leases.lease_id = active.lease_id
inner join months
    on
        leases.center_id = months.center_id
        and months.month_start_on >= active.first_month_on
        and months.month_start_on <= {{ add_months('active.last_month_on', 1) }}
left join billed
    on
        leases.lease_id = billed.lease_id
        and months.month_start_on = billed.month_start_on
left join sold
    on
        leases.lease_id = sold.lease_id
        and months.month_start_on = sold.month_start_on
