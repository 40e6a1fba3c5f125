-- Grain: one row per accelerator model of the catalogue.
with accelerators as (
    select * from {{ ref('accelerators') }}
)

select
    accelerators.model_id,
    accelerators.vendor,
    accelerators.vendor_zh,
    accelerators.display_name,
    accelerators.weight_basis,
    accelerators.confidence,
    accelerators.weight_gflops,
    accelerators.marketed_gflops,
    accelerators.logical_devices_per_card,
    accelerators.tdp_w,
    accelerators.memory_gb,
    cast(ceil({{ ratio('1000000000', 'accelerators.weight_gflops') }}) as bigint) as cards_per_1000_pflops,
    cast(ceil({{ ratio('1000000000', 'accelerators.marketed_gflops') }}) as bigint) as cards_per_1000_marketed_pflops,
    {{ ratio('accelerators.marketed_gflops', 'accelerators.weight_gflops') }} as inflation_ratio,
    accelerators.source
from accelerators
