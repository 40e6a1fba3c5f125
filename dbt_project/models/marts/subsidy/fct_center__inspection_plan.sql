-- Grain: one row per center with cards listed: how many serials an inspection must all find.
with devices as (
    select
        center_id,
        count(*) as card_count
    from {{ ref('int_inventory__devices') }}
    group by center_id
),

policy as (
    select
        {{ policy_number('inspection_missing_ratio') }} as missing_ratio,
        {{ policy_number('inspection_confidence_ratio') }} as confidence_ratio
),

sized as (
    select
        devices.center_id,
        devices.card_count,
        policy.missing_ratio,
        policy.confidence_ratio,
        cast(ceil(ln(1 - policy.confidence_ratio) / ln(1 - policy.missing_ratio)) as bigint) as sample_size
    from devices
    cross join policy
)

select
    sized.center_id,
    sized.card_count,
    least(sized.sample_size, sized.card_count) as sample_size,
    sized.missing_ratio,
    sized.confidence_ratio,
    case
        when sized.sample_size >= sized.card_count then cast(0 as double)
        else power(1 - sized.missing_ratio, sized.sample_size)
    end as chance_of_none_missing
from sized
