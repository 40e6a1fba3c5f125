-- Grain: one row per subsidy and user of the capacity over the days the subsidy has covered.
with users as (
    select * from {{ ref('int_subsidy__window_users') }}
    where milestone_id is null
),

parties as (
    select * from {{ ref('dim_party') }}
),

sizes as (
    select *
    from {{ ref('stg_registers__party_sizes') }}
    qualify row_number() over (partition by party_id order by stated_on desc nulls last) = 1
),

judged as (
    select
        users.*,
        parties.party_name_zh,
        parties.party_name_en,
        parties.registered_on,
        sizes.insured_headcount,
        sizes.customer_count,
        case
            when users.first_used_on is null then false
            when parties.registered_on is null then cast(null as boolean)
            else
                {{ add_months('parties.registered_on', policy_number('shell_registered_months')) }}
                > users.first_used_on
        end as is_young,
        case
            when sizes.insured_headcount = 0 or sizes.customer_count = 1 then true
            when sizes.insured_headcount is not null and sizes.customer_count is not null then false
        end as is_empty
    from users
    left join parties
        on users.user_party_id = parties.party_id
    left join sizes
        on users.user_party_id = sizes.party_id
)

select
    judged.programme_id,
    judged.user_party_id,
    judged.party_name_zh as user_name_zh,
    judged.party_name_en as user_name_en,
    judged.is_code_valid,
    judged.area_code,
    judged.locality,
    judged.relation,
    judged.eligibility,
    judged.registered_on,
    judged.first_used_on,
    judged.insured_headcount,
    judged.customer_count,
    case
        when not judged.is_young or not judged.is_empty then 'not_flagged'
        when judged.is_young and judged.is_empty then 'flagged'
        else 'undetermined'
    end as shell_verdict,
    judged.card_seconds_lower,
    judged.card_seconds_upper,
    judged.gflops_seconds_lower,
    judged.gflops_seconds_upper,
    judged.organic_card_seconds_lower,
    judged.organic_card_seconds_upper,
    judged.organic_gflops_seconds_lower,
    judged.organic_gflops_seconds_upper,
    judged.suspect_card_seconds,
    judged.funded_card_seconds,
    judged.spend_cny_fen_lower,
    judged.spend_cny_fen_upper
from judged
