-- Grain: one row per lease, accelerator model and billed month with sold card time; the model's part of the billing.
with months as (
    select
        months.lease_id,
        months.center_id,
        months.month_start_on,
        months.billed_net_cny_fen,
        {{ local_midnight_epoch('months.month_start_on', "coalesce(centers.time_zone, 'UTC')") }}
            as start_epoch_seconds,
        {{ local_midnight_epoch('months.month_end_on', "coalesce(centers.time_zone, 'UTC')") }}
            as end_epoch_seconds
    from {{ ref('int_leases__months') }} as months
    left join {{ ref('stg_registers__centers') }} as centers
        on months.center_id = centers.center_id
),

sold as (
    select
        months.lease_id,
        months.center_id,
        months.month_start_on,
        months.billed_net_cny_fen,
        devices.model_id,
        cast(count(distinct spans.device_uid) as bigint) as card_count,
        {{ integer_sum(
            'least(spans.sold_to_epoch_seconds, months.end_epoch_seconds)'
            ~ ' - greatest(spans.sold_from_epoch_seconds, months.start_epoch_seconds)'
        ) }} as sold_card_seconds
    from months
    inner join {{ ref('int_inventory__lease_device_spans') }} as spans
        on
            months.lease_id = spans.lease_id
            and spans.sold_from_epoch_seconds < months.end_epoch_seconds
            and spans.sold_to_epoch_seconds > months.start_epoch_seconds
    inner join {{ ref('int_inventory__devices') }} as devices
        on
            spans.center_id = devices.center_id
            and spans.device_uid = devices.device_uid
    group by
        months.lease_id, months.center_id, months.month_start_on, months.billed_net_cny_fen, devices.model_id
),

-- Whole fen by card time that add up to the lease's month: differences of running totals.
running as (
    select
        sold.*,
        {{ wide('sum(sold.sold_card_seconds) over in_order') }} as until_card_seconds,
        {{ wide('sum(sold.sold_card_seconds) over lease_month') }} as lease_card_seconds
    from sold
    window
        in_order as (
            partition by sold.lease_id, sold.month_start_on
            order by sold.model_id nulls last
            rows between unbounded preceding and current row
        ),
        lease_month as (partition by sold.lease_id, sold.month_start_on)
)

select
    lease_id,
    center_id,
    model_id,
    month_start_on,
    card_count,
    sold_card_seconds,
    {{ whole_division('until_card_seconds * billed_net_cny_fen', 'lease_card_seconds') }}
    - {{ whole_division('(until_card_seconds - sold_card_seconds) * billed_net_cny_fen', 'lease_card_seconds') }}
        as billed_net_cny_fen
from running
where lease_card_seconds > 0
