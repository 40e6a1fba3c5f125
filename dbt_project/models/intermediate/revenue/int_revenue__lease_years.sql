-- Grain: one row per lease billed in its center's last twelve billed months: what its card time brought.
-- A month not yet billed is not a month without billing: the year ends with the center's last billed day of service.
with billed_until as (
    select
        lines.center_id,
        least(
            {{ month_start('max(lines.service_to)') }},
            max(clock.as_of_month_on)
        ) as end_on
    from {{ ref('int_revenue__lines') }} as lines
    inner join {{ ref('int_payback__center_clock') }} as clock
        on lines.center_id = clock.center_id
    group by lines.center_id
),

clock as (
    select
        billed_until.center_id,
        billed_until.end_on,
        {{ add_months('billed_until.end_on', -12) }} as start_on,
        {{ local_midnight_epoch(add_months('billed_until.end_on', -12), "coalesce(centers.time_zone, 'UTC')") }}
            as start_epoch_seconds,
        {{ local_midnight_epoch('billed_until.end_on', "coalesce(centers.time_zone, 'UTC')") }} as end_epoch_seconds
    from billed_until
    left join {{ ref('stg_registers__centers') }} as centers
        on billed_until.center_id = centers.center_id
),

billed as (
    select
        account_months.center_id,
        account_months.lease_id,
        {{ integer_sum('account_months.billed_net_cny_fen') }} as billed_net_cny_fen,
        {{ integer_sum('account_months.billed_tax_cny_fen') }} as billed_tax_cny_fen
    from {{ ref('int_revenue__account_months') }} as account_months
    inner join clock
        on
            account_months.center_id = clock.center_id
            and account_months.month_start_on >= clock.start_on
            and account_months.month_start_on < clock.end_on
    where account_months.lease_id is not null
    group by account_months.center_id, account_months.lease_id
),

spans as (
    select
        spans.center_id,
        spans.lease_id,
        devices.model_id,
        {{ integer_sum(
            'least(spans.sold_to_epoch_seconds, clock.end_epoch_seconds)'
            ~ ' - greatest(spans.sold_from_epoch_seconds, clock.start_epoch_seconds)'
        ) }} as sold_card_seconds
    from {{ ref('int_inventory__lease_device_spans') }} as spans
    inner join clock
        on
            spans.center_id = clock.center_id
            and spans.sold_from_epoch_seconds < clock.end_epoch_seconds
            and spans.sold_to_epoch_seconds > clock.start_epoch_seconds
    left join {{ ref('int_inventory__devices') }} as devices
        on
            spans.center_id = devices.center_id
            and spans.device_uid = devices.device_uid
    group by spans.center_id, spans.lease_id, devices.model_id
),

weighted as (
    select
        spans.center_id,
        spans.lease_id,
        {{ integer_sum('spans.sold_card_seconds') }} as sold_card_seconds,
        max(case when accelerators.weight_gflops is null then 1 else 0 end) = 1 as has_unweighted,
        max(case when accelerators.marketed_gflops is null then 1 else 0 end) = 1 as has_unmarketed,
        {{ wide_sum('cast(spans.sold_card_seconds as decimal(38, 0)) * accelerators.weight_gflops') }}
            as sold_gflops_seconds,
        {{ wide_sum('cast(spans.sold_card_seconds as decimal(38, 0)) * accelerators.marketed_gflops') }}
            as sold_marketed_gflops_seconds
    from spans
    left join {{ ref('accelerators') }} as accelerators
        on spans.model_id = accelerators.model_id
    group by spans.center_id, spans.lease_id
)

select
    billed.center_id,
    billed.lease_id,
    clock.start_on as first_month_on,
    clock.end_on,
    billed.billed_net_cny_fen,
    billed.billed_net_cny_fen + billed.billed_tax_cny_fen as billed_gross_cny_fen,
    coalesce(weighted.sold_card_seconds, 0) as sold_card_seconds,
    case when not weighted.has_unweighted then weighted.sold_gflops_seconds end as sold_gflops_seconds,
    case when not weighted.has_unmarketed then weighted.sold_marketed_gflops_seconds end
        as sold_marketed_gflops_seconds
from billed
inner join clock
    on billed.center_id = clock.center_id
left join weighted
    on
        billed.center_id = weighted.center_id
        and billed.lease_id = weighted.lease_id
