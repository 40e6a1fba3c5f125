-- Grain: one row per center and month with a charge or a bill: what is left of the billing once it is looked at.
with months as (
    select
        center_id,
        month_start_on,
        {{ integer_sum('invoiced_net_cny_fen') }} as invoiced_net_cny_fen,
        {{ integer_sum('credit_net_cny_fen') }} as credit_net_cny_fen,
        {{ integer_sum('billed_net_cny_fen') }} as billed_net_cny_fen,
        {{ integer_sum('billed_tax_cny_fen') }} as billed_tax_cny_fen,
        {{ integer_sum('collected_cny_fen') }} as collected_cny_fen,
        {{ integer_sum('collected_net_cny_fen') }} as collected_net_cny_fen,
        {{ integer_sum('related_billed_net_cny_fen') }} as related_billed_net_cny_fen,
        {{ integer_sum('passed_on_net_cny_fen') }} as passed_on_net_cny_fen
    from {{ ref('int_revenue__account_months') }}
    group by center_id, month_start_on
),

-- What two vendors paid one consumer for is bought once.
bought_days as (
    select
        center_id,
        consumer_party_id,
        received_on,
        max(case when has_visible_payment then 1 else 0 end) as is_visible,
        least(max(received_cny_fen), {{ integer_sum('purchased_cny_fen') }}) as purchased_cny_fen
    from {{ ref('int_parties__bought_receipts') }}
    group by center_id, consumer_party_id, received_on
),

judged_days as (
    select
        bought_days.center_id,
        bought_days.received_on,
        bought_days.consumer_party_id,
        max(bought_days.is_visible) as is_visible,
        max(bought_days.purchased_cny_fen) as purchased_cny_fen,
        max(case when related.party_id is null then 0 else 1 end) as is_related
    from bought_days
    left join {{ ref('int_revenue__related_parties') }} as related
        on
            bought_days.center_id = related.center_id
            and bought_days.consumer_party_id = related.party_id
            and bought_days.received_on >= related.valid_from
            and bought_days.received_on < related.valid_to
    group by bought_days.center_id, bought_days.received_on, bought_days.consumer_party_id
),

-- Receipts are with tax, billing without: purchased is taken net at the policy's rate for services.
purchased as (
    select
        center_id,
        {{ month_start('received_on') }} as month_start_on,
        max(is_visible) = 1 as is_visible,
        cast(
            round({{ integer_sum('purchased_cny_fen') }} / (1 + {{ policy_number('vat_service_rate') }})) as bigint
        ) as purchased_net_cny_fen,
        cast(
            round(
                {{ integer_sum('case when is_related = 1 then purchased_cny_fen else 0 end') }}
                / (1 + {{ policy_number('vat_service_rate') }})
            ) as bigint
        ) as related_purchased_net_cny_fen
    from judged_days
    group by center_id, {{ month_start('received_on') }}
),

joined as (
    select
        months.*,
        coalesce(purchased.is_visible, false) as is_purchased_visible,
        case when purchased.is_visible then purchased.purchased_net_cny_fen end as purchased_net_cny_fen,
        case when purchased.is_visible then purchased.related_purchased_net_cny_fen else 0 end
            as related_purchased_net_cny_fen
    from months
    left join purchased
        on
            months.center_id = purchased.center_id
            and months.month_start_on = purchased.month_start_on
)

select
    center_id,
    month_start_on,
    invoiced_net_cny_fen,
    credit_net_cny_fen,
    billed_net_cny_fen,
    billed_tax_cny_fen,
    collected_cny_fen,
    collected_net_cny_fen,
    passed_on_net_cny_fen,
    related_billed_net_cny_fen,
    is_purchased_visible,
    purchased_net_cny_fen,
    greatest(
        related_billed_net_cny_fen
        - related_purchased_net_cny_fen
        - cast(floor(billed_net_cny_fen * {{ policy_number('offtake_related_cap_ratio') }}) as bigint),
        0
    ) as related_above_cap_net_cny_fen
from joined
