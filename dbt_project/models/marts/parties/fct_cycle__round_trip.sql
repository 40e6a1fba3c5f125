-- Grain: one row per circle of payments that ends where it began.
with round_trips as (
    select * from {{ ref('int_parties__round_trips') }}
),

parties as (
    select * from {{ ref('dim_party') }}
),

-- The parties of a circle in the order in which the money passed them.
places as (
    select
        round_trips.flow_keys,
        parties.party_name_zh,
        parties.party_name_en,
        instr(round_trips.party_path, '|' || parties.party_id || '|') as place
    from round_trips
    inner join parties
        on instr(round_trips.party_path, '|' || parties.party_id || '|') > 0
),

ranked as (
    select
        *,
        row_number() over (
            partition by flow_keys
            order by place nulls last
        ) as place_no
    from places
),

named as (
    select
        flow_keys,
        max(case when place_no = 1 then party_name_zh end) as first_name_zh,
        max(case when place_no = 2 then party_name_zh end) as second_name_zh,
        max(case when place_no = 3 then party_name_zh end) as third_name_zh,
        max(case when place_no = 4 then party_name_zh end) as fourth_name_zh,
        max(case when place_no = 1 then party_name_en end) as first_name_en,
        max(case when place_no = 2 then party_name_en end) as second_name_en,
        max(case when place_no = 3 then party_name_en end) as third_name_en,
        max(case when place_no = 4 then party_name_en end) as fourth_name_en
    from ranked
    group by flow_keys
)

select
    round_trips.flow_keys as cycle_id,
    'ROUND_TRIP' as pattern,
    round_trips.center_id,
    round_trips.origin_party_id,
    round_trips.party_count,
    round_trips.party_path,
    named.first_name_zh || ' → ' || named.second_name_zh || coalesce(' → ' || named.third_name_zh, '')
    || coalesce(' → ' || named.fourth_name_zh, '') || ' → ' || named.first_name_zh as parties_zh,
    named.first_name_en || ' → ' || named.second_name_en || coalesce(' → ' || named.third_name_en, '')
    || coalesce(' → ' || named.fourth_name_en, '') || ' → ' || named.first_name_en as parties_en,
    round_trips.first_paid_on,
    round_trips.last_paid_on,
    round_trips.first_amount_cny_fen,
    round_trips.smallest_amount_cny_fen,
    round_trips.largest_amount_cny_fen,
    round_trips.visibility,
    {{ policy_rule_version('round-trip-1') }} as rule_version
from round_trips
left join named
    on round_trips.flow_keys = named.flow_keys
