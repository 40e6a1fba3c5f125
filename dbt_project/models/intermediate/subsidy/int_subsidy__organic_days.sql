-- Grain: one row per center, local day and user: what was external by its hand-over, and what of it was organic.
-- Both are read from the one definition of whose use it was. A lower bound leaves out load that may be synthetic, and
-- the organic one also what a vendor had paid for and users with a soft link; an upper bound holds all of these. What
-- nobody was handed stands under "none". GFLOPS are credited ones.
with use_days as (
    select
        *,
        case when lease_id = 'none' then 'none' else coalesce(tenant_party_id, 'unknown') end as user_party_id,
        use_class <> 'test' and purpose in ('external_paid', 'external_voucher') as is_external,
        use_class <> 'test' and purpose = 'unknown' and lease_id <> 'none' as may_be_external,
        use_class = 'external' as is_organic,
        use_class = 'unknown' and lease_id <> 'none' as may_be_organic
    from {{ ref('int_organic__use_days') }}
),

weights as (
    select * from {{ ref('int_subsidy__weight_days') }}
),

bounded as (
    select
        *,
        case when is_external then lit_card_seconds - suspect_card_seconds else 0 end as external_lower,
        case when is_external or may_be_external then lit_card_seconds + unknown_card_seconds else 0 end
            as external_upper,
        case
            when is_organic and not is_soft_related
                then lit_card_seconds - suspect_card_seconds - funded_lit_card_seconds
            else 0
        end as organic_lower,
        case when is_organic or may_be_organic then lit_card_seconds + unknown_card_seconds else 0 end as organic_upper,
        case when is_organic or may_be_organic then 0 else lit_card_seconds end as other_lit,
        case when is_external then suspect_card_seconds else 0 end as suspect
    from use_days
)

select
    bounded.center_id,
    bounded.local_day,
    bounded.user_party_id,
    {{ integer_sum('bounded.external_lower') }} as external_card_seconds_lower,
    {{ integer_sum('bounded.external_upper') }} as external_card_seconds_upper,
    {{ integer_sum('bounded.organic_lower') }} as organic_card_seconds_lower,
    {{ integer_sum('bounded.organic_upper') }} as organic_card_seconds_upper,
    {{ integer_sum('bounded.suspect') }} as suspect_card_seconds,
    {{ integer_sum('bounded.funded_lit_card_seconds') }} as funded_card_seconds,
    {{ integer_sum('bounded.other_lit') }} as other_lit_card_seconds,
    {{ wide_sum('cast(bounded.external_lower as decimal(38, 0)) * weights.gflops_lower') }}
        as external_gflops_seconds_lower,
    {{ wide_sum('cast(bounded.external_upper as decimal(38, 0)) * weights.gflops_upper') }}
        as external_gflops_seconds_upper,
    {{ wide_sum('cast(bounded.organic_lower as decimal(38, 0)) * weights.gflops_lower') }}
        as organic_gflops_seconds_lower,
    {{ wide_sum('cast(bounded.organic_upper as decimal(38, 0)) * weights.gflops_upper') }}
        as organic_gflops_seconds_upper
from bounded
left join weights
    on
        bounded.center_id = weights.center_id
        and bounded.model_id = weights.model_id
        and weights.valid_from_on <= bounded.local_day
        and (weights.valid_to_on is null or bounded.local_day < weights.valid_to_on)
group by bounded.center_id, bounded.local_day, bounded.user_party_id
