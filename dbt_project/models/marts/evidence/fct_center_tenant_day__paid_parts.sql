-- Grain: one row per center, tenant, local day and whether another center counts the time already.
-- What the card time of a tenant adds to figures of sold, lit and paid; time that is no tenant's stands under "none".
with cell_days as (
    select
        center_id,
        coalesce(tenant_party_id, 'none') as tenant_party_id,
        local_day,
        case when is_sold then 'sold_' else 'unsold_' end || lit_status as card_status,
        card_milliseconds,
        case when is_sold then card_milliseconds end as sold,
        case when is_sold then paid_card_milliseconds end as sold_paid,
        case when is_sold then payment_unknown_card_milliseconds end as sold_payment_unknown,
        is_able_duplicate as is_duplicate
    from {{ ref('int_collection__cell_days') }}
)

select
    center_id,
    tenant_party_id,
    local_day,
    {{ integer_sum("card_milliseconds") }} as racked_milliseconds,
    {{ integer_sum("sold") }} as sold_milliseconds,
    {{ integer_sum("case when card_status = 'sold_idle' then sold end") }} as sold_idle_milliseconds,
    {{ integer_sum("case when card_status = 'sold_unknown' then sold end") }} as sold_unknown_milliseconds,
    {{ integer_sum("case when card_status = 'unsold_lit' then card_milliseconds end") }} as unsold_lit_milliseconds,
    {{ integer_sum("case when card_status = 'unsold_unknown' then card_milliseconds end") }}
        as unsold_unknown_milliseconds,
    {{ integer_sum("sold_paid") }} as sold_paid_milliseconds,
    {{ integer_sum("sold_payment_unknown") }} as sold_payment_unknown_milliseconds,
    {{ integer_sum("case when card_status = 'sold_lit' then sold_paid end") }} as sold_lit_paid_milliseconds,
    {{ integer_sum(
        "case when card_status in ('sold_lit', 'sold_unknown') then sold_paid + sold_payment_unknown end"
    ) }} as sold_lit_paid_or_unknown_milliseconds,
    is_duplicate
from cell_days
group by center_id, tenant_party_id, local_day, is_duplicate
