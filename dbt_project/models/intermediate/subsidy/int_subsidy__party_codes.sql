-- Grain: one row per party id that any register names: whether it is a valid unified social credit code, and of where.
-- A code has 18 characters of an alphabet of 31; characters 3 to 8 are the area of registration, the last one a check.
{%- set alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY' %}
with named as (
    select party_id from {{ ref('stg_registers__parties') }}
    union
    select tenant_party_id as party_id
    from {{ ref('stg_registers__leases') }}
    union
    select payer_party_id as party_id
    from {{ ref('stg_registers__invoice_lines') }}
    union
    select claimant_party_id as party_id
    from {{ ref('stg_registers__subsidy_claims') }}
    union
    select buyer_party_id as party_id
    from {{ ref('stg_registers__subsidy_claims') }}
),

places as (
    select
        party_id,
        length(party_id) = 18 as is_long_enough,
        instr('{{ alphabet }}', substr(party_id, 1, 1)) - 1 as place_1,
        instr('{{ alphabet }}', substr(party_id, 2, 1)) - 1 as place_2,
        instr('{{ alphabet }}', substr(party_id, 3, 1)) - 1 as place_3,
        instr('{{ alphabet }}', substr(party_id, 4, 1)) - 1 as place_4,
        instr('{{ alphabet }}', substr(party_id, 5, 1)) - 1 as place_5,
        instr('{{ alphabet }}', substr(party_id, 6, 1)) - 1 as place_6,
        instr('{{ alphabet }}', substr(party_id, 7, 1)) - 1 as place_7,
        instr('{{ alphabet }}', substr(party_id, 8, 1)) - 1 as place_8,
        instr('{{ alphabet }}', substr(party_id, 9, 1)) - 1 as place_9,
        instr('{{ alphabet }}', substr(party_id, 10, 1)) - 1 as place_10,
        instr('{{ alphabet }}', substr(party_id, 11, 1)) - 1 as place_11,
        instr('{{ alphabet }}', substr(party_id, 12, 1)) - 1 as place_12,
        instr('{{ alphabet }}', substr(party_id, 13, 1)) - 1 as place_13,
        instr('{{ alphabet }}', substr(party_id, 14, 1)) - 1 as place_14,
        instr('{{ alphabet }}', substr(party_id, 15, 1)) - 1 as place_15,
        instr('{{ alphabet }}', substr(party_id, 16, 1)) - 1 as place_16,
        instr('{{ alphabet }}', substr(party_id, 17, 1)) - 1 as place_17,
        instr('{{ alphabet }}', substr(party_id, 18, 1)) - 1 as place_18
    from named
    where party_id is not null
),

summed as (
    select
        party_id,
        is_long_enough,
        place_18 as check_place,
        least(
            place_1, place_2, place_3, place_4, place_5, place_6,
            place_7, place_8, place_9, place_10, place_11, place_12,
            place_13, place_14, place_15, place_16, place_17, place_18
        ) as least_place,
        greatest(place_3, place_4, place_5, place_6, place_7, place_8) as largest_area_digit,
        (
            place_1 + place_2 * 3 + place_3 * 9 + place_4 * 27 + place_5 * 19 + place_6 * 26
            + place_7 * 16 + place_8 * 17 + place_9 * 20 + place_10 * 29 + place_11 * 25 + place_12 * 13
            + place_13 * 8 + place_14 * 24 + place_15 * 10 + place_16 * 30 + place_17 * 28
        ) as weighted_sum,
        place_3 * 100000 + place_4 * 10000 + place_5 * 1000 + place_6 * 100 + place_7 * 10 + place_8 as area_code
    from places
),

checked as (
    select
        party_id,
        is_long_enough and least_place >= 0 and largest_area_digit <= 9 as is_well_formed,
        (31 - weighted_sum % 31) % 31 = check_place as is_check_right,
        area_code
    from summed
)

select
    checked.party_id,
    checked.is_well_formed and checked.is_check_right as is_code_valid,
    case
        when checked.is_well_formed and checked.is_check_right then cast(checked.area_code as bigint)
    end as area_code
from checked
