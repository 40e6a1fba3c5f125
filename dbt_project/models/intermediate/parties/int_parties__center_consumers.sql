-- Grain: one row per center, vendor and consumer: who may have been paid by whom to bring the center revenue.
with cash as (
    select * from {{ ref('stg_registers__cash_movements') }}
),

contracts as (
    select * from {{ ref('stg_registers__contracts') }}
),

commitments as (
    select * from {{ ref('stg_registers__offtake_commitments') }}
),

flows as (
    select * from {{ ref('int_parties__flows') }}
),

vendors as (
    select party_id
    from {{ ref('stg_registers__parties') }}
    where party_kind = 'vendor'
),

consumers as (
    select
        center_id,
        party_id as consumer_party_id
    from cash
    where
        movement_kind = 'receipt'
        and party_id is not null
    group by center_id, party_id
),

vendors_of_centers as (
    select
        center_id,
        vendor_party_id
    from commitments
    union
    select
        center_id,
        supplier_party_id as vendor_party_id
    from contracts
    where
        contract_kind = 'capex'
        and supplier_party_id is not null
),

-- A vendor of elsewhere is asked about only where it was seen to pay a consumer.
payers as (
    select
        flows.payer_party_id as vendor_party_id,
        flows.payee_party_id as consumer_party_id
    from flows
    inner join vendors
        on flows.payer_party_id = vendors.party_id
    where flows.flow_source = 'party_payments'
    group by flows.payer_party_id, flows.payee_party_id
)

select
    consumers.center_id,
    vendors_of_centers.vendor_party_id,
    consumers.consumer_party_id
from consumers
inner join vendors_of_centers
    on consumers.center_id = vendors_of_centers.center_id
where vendors_of_centers.vendor_party_id <> consumers.consumer_party_id
union
select
    consumers.center_id,
    payers.vendor_party_id,
    consumers.consumer_party_id
from consumers
inner join payers
    on consumers.consumer_party_id = payers.consumer_party_id
