-- Grain: one row per center, vendor or operator of it, and party that is it or is related to it, with the span it is.
with vendors as (
    select * from {{ ref('int_organic__vendors') }}
),

operators as (
    select
        center_id,
        operator_party_id
    from {{ ref('stg_registers__centers') }}
    where operator_party_id is not null
),

relations as (
    select * from {{ ref('int_parties__relations') }}
),

principals as (
    select
        center_id,
        vendor_party_id as principal_party_id,
        'vendor' as principal_role
    from vendors
    union
    select
        center_id,
        operator_party_id as principal_party_id,
        'operator' as principal_role
    from operators
)

select
    principals.center_id,
    principals.principal_role,
    principals.principal_party_id,
    principals.principal_party_id as party_id,
    '' as way,
    false as is_soft,
    cast('1900-01-01' as date) as valid_from,
    cast(null as date) as valid_to
from principals
union all
select
    principals.center_id,
    principals.principal_role,
    principals.principal_party_id,
    relations.other_party_id as party_id,
    relations.first_link_id || ' ' || relations.second_link_id as way,
    relations.is_soft,
    relations.valid_from,
    relations.valid_to
from principals
inner join relations
    on principals.principal_party_id = relations.party_id
