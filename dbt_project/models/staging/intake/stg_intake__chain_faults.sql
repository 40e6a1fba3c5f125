-- Grain: one row per chained log and fault of it when the build began.
select
    chain_faults.chain,
    chain_faults.fault_no,
    chain_faults.fault
from {{ source('raw', 'chain_faults') }} as chain_faults
