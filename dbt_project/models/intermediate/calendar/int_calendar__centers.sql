-- Grain: one row per center that any record names, registered or not.
with registered as (
    select * from {{ ref('stg_registers__centers') }}
),

named as (
    select registered.center_id from registered
    union
    select center_id from {{ ref('stg_registers__capacity_plans') }}
    union
    select center_id from {{ ref('stg_registers__device_events') }}
    union
    select center_id from {{ ref('stg_registers__device_days') }}
    union
    select center_id from {{ ref('stg_registers__occupancy_jobs') }}
    union
    select center_id from {{ ref('stg_registers__node_counts') }}
    union
    select center_id from {{ ref('stg_registers__inventory_nodes') }}
    union
    select center_id from {{ ref('stg_registers__leases') }}
    union
    select center_id from {{ ref('stg_registers__contracts') }}
    union
    select center_id from {{ ref('stg_registers__cash_movements') }}
    union
    select center_id from {{ ref('stg_registers__invoice_lines') }}
    union
    select center_id from {{ ref('stg_registers__offtake_commitments') }}
    union
    select center_id from {{ ref('stg_telemetry__device_hours') }}
)

select
    named.center_id,
    registered.time_zone,
    registered.telemetry_interval_seconds,
    registered.center_id is not null as is_registered
from named
left join registered
    on named.center_id = registered.center_id
