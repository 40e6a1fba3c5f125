-- Grain: one row per center and model leased to outsiders in the center's last twelve billed months; what that brings.
with months as (
    select
        months.*,
        max(months.month_start_on) over (partition by months.center_id) as last_month_on
    from {{ ref('int_leases__model_months') }} as months
    inner join {{ ref('stg_registers__leases') }} as leases
        on months.lease_id = leases.lease_id
    where leases.purpose in ('external_paid', 'external_voucher')
),

billed_months as (
    select
        center_id,
        max(month_start_on) as last_month_on
    from {{ ref('int_leases__months') }}
    group by center_id
),

summed as (
    select
        months.center_id,
        months.model_id,
        billed_months.last_month_on,
        {{ integer_sum('months.billed_net_cny_fen') }} as billed_net_cny_fen,
        {{ integer_sum('months.sold_card_seconds') }} as sold_card_seconds,
        {{ integer_sum(
            'case when months.month_start_on > ' ~ add_months('billed_months.last_month_on', -3)
            ~ ' then months.billed_net_cny_fen else 0 end'
        ) }} as billed_3_months_cny_fen,
        {{ integer_sum(
            'case when months.month_start_on > ' ~ add_months('billed_months.last_month_on', -3)
            ~ ' then months.sold_card_seconds else 0 end'
        ) }} as sold_3_months_card_seconds
    from months
    inner join billed_months
        on months.center_id = billed_months.center_id
    where months.month_start_on > {{ add_months('billed_months.last_month_on', -12) }}
    group by months.center_id, months.model_id, billed_months.last_month_on
)

select
    center_id,
    model_id,
    last_month_on,
    billed_net_cny_fen,
    sold_card_seconds,
    billed_3_months_cny_fen,
    sold_3_months_card_seconds,
    case
        when billed_net_cny_fen > 0 and sold_card_seconds > 0
            then {{ whole_division(wide('billed_net_cny_fen') ~ ' * 3600000', 'sold_card_seconds') }}
    end as price_net_cny_fen_milli_per_card_hour
from summed
