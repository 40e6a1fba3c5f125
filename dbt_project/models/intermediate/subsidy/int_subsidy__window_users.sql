-- Grain: one row per window and user: what the user took in it, whether it is local, and whether it counts.
-- Eligible, for the share of local users, is use that was external by its hand-over; where the grant says so not that
-- of insiders and theirs. Organic stands beside it and follows the one definition, whatever the grant says.
{%- set whole = ['card_seconds_lower', 'card_seconds_upper', 'organic_card_seconds_lower',
    'organic_card_seconds_upper', 'suspect_card_seconds', 'funded_card_seconds'] %}
{%- set weighed = ['gflops_seconds_lower', 'gflops_seconds_upper', 'organic_gflops_seconds_lower',
    'organic_gflops_seconds_upper'] %}
{%- set spent = ['spend_cny_fen_lower', 'spend_cny_fen_upper'] %}
with windows as (
    select * from {{ ref('int_subsidy__windows') }}
),

terms as (
    select
        terms.*,
        centers.operator_party_id
    from {{ ref('int_subsidy__programme_terms') }} as terms
    left join {{ ref('stg_registers__centers') }} as centers
        on terms.center_id = centers.center_id
),

codes as (
    select * from {{ ref('int_subsidy__party_codes') }}
),

relations as (
    select * from {{ ref('int_parties__relations') }}
),

taken as (
    select
        windows.window_id,
        organic_days.user_party_id,
        organic_days.local_day as first_used_on,
        organic_days.external_card_seconds_lower as card_seconds_lower,
        organic_days.external_card_seconds_upper as card_seconds_upper,
        organic_days.organic_card_seconds_lower,
        organic_days.organic_card_seconds_upper,
        organic_days.suspect_card_seconds,
        organic_days.funded_card_seconds,
        organic_days.external_gflops_seconds_lower as gflops_seconds_lower,
        organic_days.external_gflops_seconds_upper as gflops_seconds_upper,
        organic_days.organic_gflops_seconds_lower,
        organic_days.organic_gflops_seconds_upper,
        cast(0 as bigint) as spend_cny_fen_lower,
        cast(0 as bigint) as spend_cny_fen_upper
    from windows
    inner join {{ ref('int_subsidy__organic_days') }} as organic_days
        on
            windows.center_id = organic_days.center_id
            and windows.from_on <= organic_days.local_day
            and organic_days.local_day < windows.to_on
    where organic_days.user_party_id <> 'none' and organic_days.external_card_seconds_upper > 0
    union all
    select
        windows.window_id,
        coalesce(lines.payer_party_id, 'unknown') as user_party_id,
        cast(null as date) as first_used_on,
        {% for name in whole %}
            cast(0 as bigint) as {{ name }},
        {% endfor %}
        {% for name in weighed %}
            cast(0 as decimal(38, 0)) as {{ name }},
        {% endfor %}
        lines.received_cny_fen as spend_cny_fen_lower,
        lines.billed_cny_fen as spend_cny_fen_upper
    from windows
    inner join {{ ref('int_collection__invoice_lines') }} as lines
        on
            windows.center_id = lines.center_id
            and windows.from_on <= lines.service_from
            and lines.service_from < windows.to_on
),

summed as (
    select
        window_id,
        user_party_id,
        {% for name in whole + spent %}
            {{ integer_sum(name) }} as {{ name }},
        {% endfor %}
        {% for name in weighed %}
            {{ wide_sum(name) }} as {{ name }},
        {% endfor %}
        min(first_used_on) as first_used_on
    from taken
    group by window_id, user_party_id
),

-- Who brought the center, or its cards, is no stranger to it: use by them or theirs is not use by others.
insiders as (
    select
        programme_id,
        operator_party_id as party_id,
        'operator' as role
    from terms
    where operator_party_id is not null
    union
    select
        programme_id,
        grantee_party_id as party_id,
        'operator' as role
    from terms
    union
    select
        terms.programme_id,
        commitments.vendor_party_id as party_id,
        'vendor' as role
    from terms
    inner join {{ ref('stg_registers__offtake_commitments') }} as commitments
        on terms.center_id = commitments.center_id
    union
    select
        terms.programme_id,
        contracts.supplier_party_id as party_id,
        'vendor' as role
    from terms
    inner join {{ ref('stg_registers__contracts') }} as contracts
        on terms.center_id = contracts.center_id
    where
        contracts.contract_kind = 'capex'
        and contracts.supplier_party_id is not null
),

ways as (
    select
        summed.window_id,
        summed.user_party_id,
        case insiders.role when 'operator' then 1 else 2 end as way_rank
    from summed
    inner join windows
        on summed.window_id = windows.window_id
    inner join insiders
        on
            windows.programme_id = insiders.programme_id
            and summed.user_party_id = insiders.party_id
    union all
    select
        summed.window_id,
        summed.user_party_id,
        case
            when relations.is_soft or relations.valid_from > windows.from_on or relations.valid_to < windows.to_on
                then 5
            when insiders.role = 'operator' then 3
            else 4
        end as way_rank
    from summed
    inner join windows
        on summed.window_id = windows.window_id
    inner join relations
        on
            summed.user_party_id = relations.party_id
            and relations.valid_from < windows.to_on
            and (relations.valid_to is null or windows.from_on < relations.valid_to)
    inner join insiders
        on
            windows.programme_id = insiders.programme_id
            and relations.other_party_id = insiders.party_id
),

-- A soft link, or one that holds for a part of the window, leaves in doubt what counts.
closest as (
    select
        window_id,
        user_party_id,
        min(way_rank) as way_rank
    from ways
    group by window_id, user_party_id
),

placed as (
    select
        summed.*,
        windows.programme_id,
        windows.milestone_id,
        codes.is_code_valid,
        codes.area_code,
        terms.local_area_code,
        terms.is_related_use_excluded,
        case
            when closest.way_rank = 1 then 'self'
            when closest.way_rank = 2 then 'vendor'
            when closest.way_rank = 3 then 'related_to_operator'
            when closest.way_rank = 4 then 'related_to_vendor'
            when closest.way_rank = 5 or summed.user_party_id in ('unknown', 'several') then 'in_doubt'
            else 'none'
        end as relation
    from summed
    inner join windows
        on summed.window_id = windows.window_id
    inner join terms
        on windows.programme_id = terms.programme_id
    left join codes
        on summed.user_party_id = codes.party_id
    left join closest
        on
            summed.window_id = closest.window_id
            and summed.user_party_id = closest.user_party_id
)

select
    placed.window_id,
    placed.user_party_id,
    placed.programme_id,
    placed.milestone_id,
    placed.is_code_valid,
    placed.area_code,
    case
        when placed.local_area_code is null or placed.area_code is null then 'unknown'
        when {{ is_in_area('placed.area_code', 'placed.local_area_code') }} then 'local'
        else 'elsewhere'
    end as locality,
    placed.relation,
    case
        when placed.relation = 'self' then 'excluded'
        when not placed.is_related_use_excluded or placed.relation = 'none' then 'eligible'
        when placed.relation = 'in_doubt' then 'doubtful'
        else 'excluded'
    end as eligibility,
    placed.first_used_on,
    placed.card_seconds_lower,
    placed.card_seconds_upper,
    placed.gflops_seconds_lower,
    placed.gflops_seconds_upper,
    placed.organic_card_seconds_lower,
    placed.organic_card_seconds_upper,
    placed.organic_gflops_seconds_lower,
    placed.organic_gflops_seconds_upper,
    placed.suspect_card_seconds,
    placed.funded_card_seconds,
    placed.spend_cny_fen_lower,
    placed.spend_cny_fen_upper
from placed
