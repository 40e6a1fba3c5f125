-- Grain: one row per payment between two named parties that anybody showed us, from registers and from cash books.
with payments as (
    select * from {{ ref('stg_registers__party_payments') }}
),

cash as (
    select * from {{ ref('stg_registers__cash_movements') }}
),

operators as (
    select
        center_id,
        operator_party_id
    from {{ ref('stg_registers__centers') }}
),

-- The kind of a movement gives its direction.
cash_flows as (
    select
        cash.movement_id as flow_id,
        case
            when cash.movement_kind in ('receipt', 'subsidy', 'vendor_contribution', 'true_up') then cash.party_id
            else operators.operator_party_id
        end as payer_party_id,
        case
            when cash.movement_kind in ('receipt', 'subsidy', 'vendor_contribution', 'true_up')
                then operators.operator_party_id
            else cash.party_id
        end as payee_party_id,
        cash.booked_on as paid_on,
        cash.amount_cny_fen,
        cash.movement_kind as nature,
        cash.movement_kind like 'capex\_%' escape '\' as is_for_goods_delivered,
        cash.center_id
    from cash
    inner join operators
        on cash.center_id = operators.center_id
    where
        cash.party_id is not null
        and operators.operator_party_id is not null
        and cash.party_id <> operators.operator_party_id
)

select
    'party_payments' as flow_source,
    payment_id as flow_id,
    payer_party_id,
    payee_party_id,
    paid_on,
    amount_cny_fen,
    nature,
    -- Said to be for goods but without a receipt for them, it is not proven to be.
    (nature = 'goods' and goods_receipt is not null) as is_for_goods_delivered,
    visibility,
    cast(null as string) as center_id
from payments
where payer_party_id <> payee_party_id
union all
select
    'cash_movements' as flow_source,
    flow_id,
    payer_party_id,
    payee_party_id,
    paid_on,
    amount_cny_fen,
    nature,
    is_for_goods_delivered,
    'cash_book' as visibility,
    center_id
from cash_flows
