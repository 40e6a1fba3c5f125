-- Grain: one row per center, device and local day on which the card was able to run for any time.
-- What a card adds to the parts of a figure. "Once" leaves out time that another center claims as well: a portfolio.
with device_days as (
    select * from {{ ref('int_utilization__device_days') }}
    where able_seconds > 0
),

accelerators as (
    select
        model_id,
        cast(weight_gflops as decimal(38, 0)) as weight_gflops
    from {{ ref('accelerators') }}
)

select
    device_days.center_id,
    device_days.device_uid,
    device_days.local_day,
    device_days.model_id,
    device_days.able_seconds,
    device_days.able_seconds - device_days.duplicate_able_seconds as able_once_seconds,
    device_days.proven_able_seconds,
    device_days.known_seconds,
    device_days.lit_seconds,
    device_days.known_seconds - device_days.lit_seconds as idle_seconds,
    device_days.unknown_seconds,
    device_days.lit_seconds + device_days.unknown_seconds as lit_or_unknown_seconds,
    device_days.lit_seconds + device_days.unknown_seconds - device_days.duplicate_able_seconds
        as lit_or_unknown_once_seconds,
    device_days.sold_seconds,
    device_days.sold_seconds - device_days.duplicate_sold_seconds as sold_once_seconds,
    cast(device_days.able_at_day_end_count as bigint) as able_at_day_end_count,
    cast(device_days.able_at_day_end_count - device_days.duplicate_able_at_day_end_count as bigint)
        as able_once_at_day_end_count,
    cast(device_days.proven_able_at_day_end_count as bigint) as proven_able_at_day_end_count,
    cast(device_days.able_seconds * accelerators.weight_gflops as decimal(38, 0)) as able_gflops_seconds,
    cast(
        (device_days.able_seconds - device_days.duplicate_able_seconds) * accelerators.weight_gflops as decimal(38, 0)
    ) as able_once_gflops_seconds,
    cast(device_days.proven_able_seconds * accelerators.weight_gflops as decimal(38, 0)) as proven_able_gflops_seconds
from device_days
left join accelerators
    on device_days.model_id = accelerators.model_id
