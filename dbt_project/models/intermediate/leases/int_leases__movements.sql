-- Grain: one row per lease and billed month; what it adds to or takes from the month before, and why.
with months as (
    select
        months.*,
        lag(months.billed_net_cny_fen, 1, 0) over lease_months as billed_before_cny_fen,
        lag(months.sold_card_seconds, 1, 0) over lease_months as sold_before_card_seconds,
        row_number() over lease_months = 1 as is_first
    from {{ ref('int_leases__months') }} as months
    window lease_months as (partition by months.lease_id order by months.month_start_on nulls last)
),

-- A tenant whose other lease at the center ends in the month, or ended the month before, goes on under a new one.
gone as (
    select
        center_id,
        tenant_party_id,
        month_start_on,
        count(*) as ended_count
    from months
    where has_ended
    group by center_id, tenant_party_id, month_start_on
)

select
    months.lease_id,
    months.center_id,
    months.tenant_party_id,
    months.month_start_on,
    months.month_end_on,
    months.billed_before_cny_fen,
    months.billed_net_cny_fen,
    months.sold_before_card_seconds,
    months.sold_card_seconds,
    case
        when months.is_first and gone.ended_count is not null then 'renewed'
        when months.is_first then 'new'
        when months.has_ended and months.is_cancelled then 'cancelled'
        when months.has_ended then 'expired'
        else 'going_on'
    end as movement
from months
left join gone
    on
        months.center_id = gone.center_id
        and months.tenant_party_id = gone.tenant_party_id
        and months.month_start_on = gone.month_start_on
