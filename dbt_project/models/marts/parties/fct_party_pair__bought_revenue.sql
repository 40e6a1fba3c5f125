-- Grain: one row per center, vendor and consumer.
with pairs as (
    select * from {{ ref('int_parties__center_consumers') }}
),

flows as (
    select * from {{ ref('int_parties__flows') }}
),

receipts as (
    select * from {{ ref('int_parties__bought_receipts') }}
),

relations as (
    select * from {{ ref('int_parties__relations') }}
),

parties as (
    select * from {{ ref('dim_party') }}
),

paid as (
    select
        payer_party_id as vendor_party_id,
        payee_party_id as consumer_party_id,
        {{ integer_sum('case when is_for_goods_delivered then 0 else 1 end') }} as payment_count,
        {{ integer_sum('case when is_for_goods_delivered then 0 else amount_cny_fen end') }} as paid_cny_fen,
        {{ integer_sum('case when is_for_goods_delivered then amount_cny_fen else 0 end') }} as goods_cny_fen,
        min(case when not is_for_goods_delivered then paid_on end) as first_paid_on,
        max(case when not is_for_goods_delivered then paid_on end) as last_paid_on,
        max(
            case
                when is_for_goods_delivered then 0
                when visibility = 'bank_statement' then 1
                when visibility = 'contract' then 2
                else 3
            end
        ) as visibility_rank
    from flows
    where flow_source = 'party_payments'
    group by payer_party_id, payee_party_id
),

received as (
    select
        center_id,
        vendor_party_id,
        consumer_party_id,
        min(received_on) as first_received_on,
        max(received_on) as last_received_on,
        {{ integer_sum('received_cny_fen') }} as received_cny_fen,
        {{ integer_sum('purchased_cny_fen') }} as purchased_cny_fen
    from receipts
    group by center_id, vendor_party_id, consumer_party_id
),

-- The nearest way that is not soft; else the nearest soft one.
related as (
    select
        pairs.center_id,
        pairs.vendor_party_id,
        pairs.consumer_party_id,
        relations.is_soft,
        relations.distance,
        relations.first_link_id,
        relations.second_link_id
    from pairs
    inner join received
        on
            pairs.center_id = received.center_id
            and pairs.vendor_party_id = received.vendor_party_id
            and pairs.consumer_party_id = received.consumer_party_id
    inner join relations
        on
            pairs.vendor_party_id = relations.party_id
            and pairs.consumer_party_id = relations.other_party_id
            and relations.valid_from <= received.last_received_on
            and (relations.valid_to is null or received.first_received_on < relations.valid_to)
    qualify row_number() over (
        partition by pairs.center_id, pairs.vendor_party_id, pairs.consumer_party_id
        order by
            case when relations.is_soft then 1 else 0 end nulls last,
            relations.distance nulls last,
            relations.first_link_id nulls last,
            relations.second_link_id nulls last
    ) = 1
),

joined as (
    select
        pairs.center_id,
        pairs.vendor_party_id,
        vendors.party_name_zh as vendor_name_zh,
        vendors.party_name_en as vendor_name_en,
        pairs.consumer_party_id,
        consumers.party_name_zh as consumer_name_zh,
        consumers.party_name_en as consumer_name_en,
        consumers.registered_on as consumer_registered_on,
        case
            when related.is_soft is null then 'none_known'
            when related.is_soft then 'soft'
            else 'related'
        end as relation,
        related.distance as relation_distance,
        case
            when related.second_link_id = '' then related.first_link_id
            else related.first_link_id || ' ' || related.second_link_id
        end as relation_link_ids,
        case coalesce(paid.visibility_rank, 0)
            when 0 then 'not_visible' when 1 then 'bank_statement' when 2 then 'contract' else 'declared'
        end as visibility,
        coalesce(paid.visibility_rank, 0) > 0 as is_visible,
        paid.payment_count,
        paid.first_paid_on,
        paid.last_paid_on,
        paid.paid_cny_fen,
        paid.goods_cny_fen,
        received.first_received_on,
        received.last_received_on,
        received.received_cny_fen,
        received.purchased_cny_fen
    from pairs
    inner join received
        on
            pairs.center_id = received.center_id
            and pairs.vendor_party_id = received.vendor_party_id
            and pairs.consumer_party_id = received.consumer_party_id
    left join paid
        on
            pairs.vendor_party_id = paid.vendor_party_id
            and pairs.consumer_party_id = paid.consumer_party_id
    left join related
        on
            pairs.center_id = related.center_id
            and pairs.vendor_party_id = related.vendor_party_id
            and pairs.consumer_party_id = related.consumer_party_id
    left join parties as vendors
        on pairs.vendor_party_id = vendors.party_id
    left join parties as consumers
        on pairs.consumer_party_id = consumers.party_id
)

select
    center_id,
    vendor_party_id,
    vendor_name_zh,
    vendor_name_en,
    consumer_party_id,
    consumer_name_zh,
    consumer_name_en,
    consumer_registered_on,
    relation,
    relation_distance,
    relation_link_ids,
    visibility,
    cast(case when is_visible then payment_count end as bigint) as payment_count,
    case when is_visible then first_paid_on end as first_paid_on,
    case when is_visible then last_paid_on end as last_paid_on,
    case when is_visible then paid_cny_fen end as paid_cny_fen,
    coalesce(goods_cny_fen, 0) as goods_delivered_cny_fen,
    first_received_on,
    last_received_on,
    received_cny_fen,
    case when is_visible then purchased_cny_fen end as purchased_cny_fen,
    received_cny_fen - case when is_visible then purchased_cny_fen end as not_purchased_cny_fen,
    case when is_visible then {{ ratio('paid_cny_fen', 'purchased_cny_fen') }} end as paid_per_purchased_ratio,
    case
        when is_visible then {{ ratio('purchased_cny_fen', 'received_cny_fen') }}
    end as purchased_share_of_received,
    case when not is_visible then 'no_payment_visible' end as withheld_reason,
    {{ policy_rule_version('bought-1') }} as rule_version
from joined
