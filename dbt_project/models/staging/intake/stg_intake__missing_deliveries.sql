-- Grain: one row per sender and unbroken run of delivery numbers that never counted.
select
    missing_deliveries.center_id,
    missing_deliveries.sender,
    missing_deliveries.missing_from,
    missing_deliveries.missing_to,
    missing_deliveries.missing_count,
    missing_deliveries.refused_count,
    missing_deliveries.noticed_at
from {{ source('raw', 'missing_deliveries') }} as missing_deliveries
