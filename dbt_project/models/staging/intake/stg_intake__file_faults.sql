-- Grain: one row per received file that was no longer as it was received when the build began.
select
    file_faults.source_sha256,
    file_faults.fault
from {{ source('raw', 'file_faults') }} as file_faults
