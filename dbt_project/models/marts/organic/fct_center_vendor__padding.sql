-- Grain: one row per center with an acceptance window, vendor (or `ALL` of them together) and basis.
{% set parts = [
    'lit_rate_before', 'lit_rate_after', 'drop_of_lit_rate', 'relative_drop', 'p_value', 'vendor_rate_before',
    'vendor_rate_after', 'attributable_share_of_drop', 'peer_relative_drop'
] %}
{% set rules = [
    'has_effect', 'has_weak_effect', 'is_significant', 'is_in_time', 'is_attributable', 'is_not_explained'
] %}

with windows as (
    select * from {{ ref('int_padding__windows') }}
),

vendors as (
    select
        center_id,
        vendor_party_id
    from {{ ref('int_organic__vendors') }}
    union
    select
        center_id,
        'ALL' as vendor_party_id
    from windows
),

bases as (
    select named.basis from (values ('business'), ('technical')) as named (basis)
),

parties as (
    select * from {{ ref('dim_party') }}
),

least as (
    select * from {{ ref('int_padding__verdicts') }}
    where bound_case = 'least'
),

most as (
    select * from {{ ref('int_padding__verdicts') }}
    where bound_case = 'most'
),

joined as (
    select
        windows.center_id,
        vendors.vendor_party_id,
        bases.basis,
        parties.party_name_zh as vendor_name_zh,
        parties.party_name_en as vendor_name_en,
        windows.window_end_on,
        windows.is_over,
        coalesce(least.valid_days_before, 0) as valid_days_before,
        coalesce(least.valid_days_after, 0) as valid_days_after,
        least.block_count,
        least.least_valid_days_of_a_block,
        least.way_count,
        {% for name in parts + rules -%}
            least.{{ name }} as {{ name }}_least,
            most.{{ name }} as {{ name }}_most,
        {% endfor -%}
        least.break_on as break_on_least,
        most.break_on as break_on_most,
        coalesce(least.is_fault_explained or most.is_fault_explained, false) as is_fault_explained,
        coalesce(least.is_maintenance_explained or most.is_maintenance_explained, false) as is_maintenance_explained,
        coalesce(least.is_contract_end_explained or most.is_contract_end_explained, false)
            as is_contract_end_explained,
        coalesce(least.is_peer_alike or most.is_peer_alike, false) as is_peer_alike,
        coalesce(least.is_elsewhere_alike or most.is_elsewhere_alike, false) as is_elsewhere_alike,
        least.elsewhere_relative_drop,
        least.verdict as verdict_least,
        most.verdict as verdict_most,
        least.verdict_rank as rank_least,
        most.verdict_rank as rank_most
    from windows
    inner join vendors
        on windows.center_id = vendors.center_id
    cross join bases
    left join least
        on
            windows.center_id = least.center_id
            and vendors.vendor_party_id = least.vendor_party_id
            and bases.basis = least.basis
    left join most
        on
            windows.center_id = most.center_id
            and vendors.vendor_party_id = most.vendor_party_id
            and bases.basis = most.basis
    left join parties
        on vendors.vendor_party_id = parties.party_id
),

reasoned as (
    select
        joined.*,
        case
            when not joined.is_over then 'window_not_over'
            when
                joined.valid_days_before < {{ policy_number('padding_min_valid_days') }}
                or joined.valid_days_after < {{ policy_number('padding_min_valid_days') }}
                then 'too_few_valid_days'
            when
                joined.block_count < 2 * {{ policy_number('padding_days') }} / {{ policy_number('padding_block_days') }}
                or joined.least_valid_days_of_a_block < {{ policy_number('padding_min_valid_days_per_block') }}
                then 'too_few_valid_days_in_a_block'
        end as withheld_reason
    from joined
)

select
    center_id,
    vendor_party_id,
    basis,
    vendor_name_zh,
    vendor_name_en,
    window_end_on,
    is_over,
    valid_days_before,
    valid_days_after,
    least_valid_days_of_a_block,
    way_count,
    {% for name in parts + rules -%}
        {{ name }}_least,
        {{ name }}_most,
    {% endfor -%}
    break_on_least,
    break_on_most,
    is_fault_explained,
    is_maintenance_explained,
    is_contract_end_explained,
    is_peer_alike,
    is_elsewhere_alike,
    elsewhere_relative_drop,
    case when withheld_reason is null then verdict_least end as verdict_least,
    case when withheld_reason is null then verdict_most end as verdict_most,
    -- What both bounds accuse of holds at the milder of the two; an accusation at one bound alone is none.
    case
        when withheld_reason is not null then 'insufficient_data'
        when (rank_least = 0) <> (rank_most = 0) then 'undetermined'
        when rank_least <= rank_most then verdict_least
        else verdict_most
    end as verdict,
    withheld_reason,
    {{ policy_rule_version('padding-1') }} as rule_version
from reasoned
