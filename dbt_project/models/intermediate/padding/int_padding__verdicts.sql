-- Grain: one row per center, vendor (or `ALL`), basis and case, with what each rule says in that case.
with effects as (
    select * from {{ ref('int_padding__effects') }}
),

breaks as (
    select * from {{ ref('int_padding__breaks') }}
),

attributions as (
    select * from {{ ref('int_padding__attributions') }}
),

outages as (
    select * from {{ ref('int_padding__outages') }}
),

contract_ends as (
    select * from {{ ref('int_padding__contract_ends') }}
),

elsewhere as (
    select * from {{ ref('int_padding__elsewhere') }}
),

measured as (
    select
        attributions.center_id,
        attributions.vendor_party_id,
        attributions.basis,
        attributions.bound_case,
        effects.valid_days_before,
        effects.valid_days_after,
        effects.block_count,
        effects.least_valid_days_of_a_block,
        effects.lit_rate_before,
        effects.lit_rate_after,
        effects.drop_of_lit_rate,
        effects.relative_drop,
        effects.way_count,
        effects.as_good_way_count,
        effects.p_value,
        breaks.break_on,
        breaks.days_from_window_end,
        breaks.is_drop,
        attributions.vendor_rate_before,
        attributions.vendor_rate_after,
        attributions.attributable_share_of_drop,
        attributions.vendor_relative_drop,
        attributions.peer_relative_drop,
        elsewhere.elsewhere_relative_drop,
        {{ ratio('outages.fault_rate_rise', 'effects.drop_of_lit_rate') }} as fault_share_of_drop,
        {{ ratio('outages.maintenance_rate_rise', 'effects.drop_of_lit_rate') }} as maintenance_share_of_drop,
        {{ ratio('contract_ends.disclosed_end_drop', 'effects.drop_of_lit_rate') }} as disclosed_end_share_of_drop
    from attributions
    inner join effects
        on
            attributions.center_id = effects.center_id
            and attributions.basis = effects.basis
            and attributions.bound_case = effects.bound_case
    left join breaks
        on
            attributions.center_id = breaks.center_id
            and attributions.basis = breaks.basis
            and attributions.bound_case = breaks.bound_case
    left join outages
        on attributions.center_id = outages.center_id
    left join contract_ends
        on
            attributions.center_id = contract_ends.center_id
            and attributions.basis = contract_ends.basis
    left join elsewhere
        on
            attributions.center_id = elsewhere.center_id
            and attributions.vendor_party_id = elsewhere.vendor_party_id
            and attributions.basis = elsewhere.basis
),

ruled as (
    select
        measured.*,
        -- A rate is kept to the last bit; a drop of exactly 20 points must not miss them by one.
        (
            measured.drop_of_lit_rate * 100 >= {{ policy_number('padding_drop_pp') }} - 0.000001
            and measured.relative_drop >= {{ policy_number('padding_drop_relative') }} - 0.000001
        ) as has_effect,
        (
            measured.drop_of_lit_rate * 100 >= {{ policy_number('padding_weak_drop_pp') }} - 0.000001
            and measured.relative_drop >= {{ policy_number('padding_weak_drop_relative') }} - 0.000001
        ) as has_weak_effect,
        coalesce(measured.p_value <= {{ policy_number('padding_p_value') }}, false) as is_significant,
        coalesce(
            measured.is_drop and abs(measured.days_from_window_end) <= {{ policy_number('padding_break_days') }}, false
        ) as is_in_time,
        coalesce(
            measured.attributable_share_of_drop >= {{ policy_number('padding_attribution_ratio') }} - 0.000001, false
        ) as is_attributable,
        coalesce(
            measured.fault_share_of_drop >= {{ policy_number('padding_explained_ratio') }}, false
        ) as is_fault_explained,
        coalesce(measured.maintenance_share_of_drop >= {{ policy_number('padding_explained_ratio') }}, false)
            as is_maintenance_explained,
        coalesce(measured.disclosed_end_share_of_drop >= {{ policy_number('padding_explained_ratio') }}, false)
            as is_contract_end_explained,
        -- Peers that are not there did not drop alike; whether there were any is told beside it.
        coalesce(
            measured.peer_relative_drop
            >= {{ policy_number('padding_explained_ratio') }} * measured.vendor_relative_drop,
            false
        ) as is_peer_alike,
        coalesce(
            measured.elsewhere_relative_drop
            >= {{ policy_number('padding_explained_ratio') }} * measured.vendor_relative_drop,
            false
        ) as is_elsewhere_alike
    from measured
),

explained as (
    select
        ruled.*,
        not(
            ruled.is_fault_explained
            or ruled.is_maintenance_explained
            or ruled.is_contract_end_explained
            or ruled.is_peer_alike
            or ruled.is_elsewhere_alike
        ) as is_not_explained
    from ruled
),

-- Of one vendor nothing is said, not even weakly, while the drop is not its own.
judged as (
    select
        explained.*,
        cast(
            case
                when
                    explained.has_effect
                    and explained.is_significant
                    and explained.is_in_time
                    and explained.is_attributable
                    and explained.is_not_explained
                    then 3
                when explained.has_effect and explained.is_in_time and explained.is_attributable then 2
                when
                    explained.has_weak_effect
                    and explained.is_in_time
                    and (explained.vendor_party_id = 'ALL' or explained.is_attributable)
                    then 1
                else 0
            end as bigint
        ) as verdict_rank
    from explained
)

select
    judged.*,
    case judged.verdict_rank when 3 then 'strong' when 2 then 'probable' when 1 then 'weak' else 'none' end as verdict
from judged
