-- Grain: one row per center and vendor that promised offtake there or delivered its machines.
with commitments as (
    select * from {{ ref('stg_registers__offtake_commitments') }}
),

contracts as (
    select * from {{ ref('stg_registers__contracts') }}
)

select
    center_id,
    vendor_party_id
from commitments
where vendor_party_id is not null
union
select
    center_id,
    supplier_party_id as vendor_party_id
from contracts
where
    contract_kind = 'capex'
    and supplier_party_id is not null
