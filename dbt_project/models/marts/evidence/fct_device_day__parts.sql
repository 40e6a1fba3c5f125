-- Grain: one row per center, device and local day on which the card was able, installed, excused or commissioned.
-- What a card adds to the parts of a figure. "Once" leaves out time that another center claims as well: a portfolio.
with device_days as (
    select * from {{ ref('int_utilization__device_days') }}
    where
        able_seconds > 0
        or installed_seconds > 0
        or excused_seconds > 0
        or commissioned_seconds > 0
),

accelerators as (
    select
        model_id,
        weight_gflops
    from {{ ref('accelerators') }}
)

select
    device_days.center_id,
    device_days.device_uid,
    device_days.local_day,
    device_days.model_id,
    accelerators.weight_gflops,
    device_days.able_seconds,
    device_days.able_seconds - device_days.duplicate_able_seconds as able_once_seconds,
    case when accelerators.weight_gflops is null then device_days.able_seconds else 0 end as unweighted_able_seconds,
    case
        when accelerators.weight_gflops is null
            then device_days.able_seconds - device_days.duplicate_able_seconds
        else 0
    end as unweighted_able_once_seconds,
    device_days.proven_able_seconds,
    device_days.known_seconds,
    device_days.lit_seconds,
    device_days.known_seconds - device_days.lit_seconds as idle_seconds,
    device_days.unknown_seconds,
    device_days.lit_seconds + device_days.unknown_seconds as lit_or_unknown_seconds,
    device_days.lit_seconds + device_days.unknown_seconds - device_days.duplicate_able_seconds
        as lit_or_unknown_once_seconds,
    device_days.lit_seconds_at_1_pct as lit_at_1_pct_seconds,
    device_days.lit_seconds_at_1_pct + device_days.unknown_seconds as lit_at_1_pct_or_unknown_seconds,
    device_days.lit_seconds_at_1_pct + device_days.unknown_seconds - device_days.duplicate_able_seconds
        as lit_at_1_pct_or_unknown_once_seconds,
    device_days.lit_seconds_at_5_pct as lit_at_5_pct_seconds,
    device_days.lit_seconds_at_5_pct + device_days.unknown_seconds as lit_at_5_pct_or_unknown_seconds,
    device_days.lit_seconds_at_5_pct + device_days.unknown_seconds - device_days.duplicate_able_seconds
        as lit_at_5_pct_or_unknown_once_seconds,
    device_days.lit_seconds_at_10_pct as lit_at_10_pct_seconds,
    device_days.lit_seconds_at_10_pct + device_days.unknown_seconds as lit_at_10_pct_or_unknown_seconds,
    device_days.lit_seconds_at_10_pct + device_days.unknown_seconds - device_days.duplicate_able_seconds
        as lit_at_10_pct_or_unknown_once_seconds,
    device_days.lit_seconds_at_20_pct as lit_at_20_pct_seconds,
    device_days.lit_seconds_at_20_pct + device_days.unknown_seconds as lit_at_20_pct_or_unknown_seconds,
    device_days.lit_seconds_at_20_pct + device_days.unknown_seconds - device_days.duplicate_able_seconds
        as lit_at_20_pct_or_unknown_once_seconds,
    device_days.sold_seconds,
    device_days.sold_seconds - device_days.duplicate_sold_seconds as sold_once_seconds,
    device_days.allocated_seconds,
    device_days.allocated_seconds - device_days.duplicate_allocated_seconds as allocated_once_seconds,
    device_days.installed_seconds,
    device_days.installed_seconds - device_days.duplicate_installed_seconds as installed_once_seconds,
    device_days.excused_seconds,
    device_days.commissioned_seconds,
    device_days.commissioned_seconds - device_days.duplicate_commissioned_seconds as commissioned_once_seconds,
    cast(device_days.able_at_day_end_count as bigint) as able_at_day_end_count,
    cast(device_days.able_at_day_end_count - device_days.duplicate_able_at_day_end_count as bigint)
        as able_once_at_day_end_count,
    cast(device_days.proven_able_at_day_end_count as bigint) as proven_able_at_day_end_count
from device_days
left join accelerators
    on device_days.model_id = accelerators.model_id
