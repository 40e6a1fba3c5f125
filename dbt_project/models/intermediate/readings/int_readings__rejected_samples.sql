-- Grain: one row per center and month in which samples were set aside because no card is ever used so much.
-- Only the line as it came is kept of such a sample; its utilization is read off where the line is a known one.
with rejected as (
    select
        coalesce(
            nullif(regexp_extract(raw_text, 'center_id=([^ ]+)', 1), ''),
            nullif(regexp_extract(raw_text, '^([^,]+),', 1), '')
        ) as center_id,
        nullif(regexp_extract(raw_text, '(20[0-9][0-9]-[0-1][0-9])-[0-3][0-9]T', 1), '') as month_text,
        coalesce(
            nullif(regexp_extract(raw_text, 'utilization_pct=([0-9]+)', 1), ''),
            nullif(regexp_extract(raw_text, ',([0-9]+)([.][0-9]+)?(,|$)', 1), '')
        ) as utilization_text
    from {{ ref('stg_intake__quarantine') }}
    where reason_code = 'UTILIZATION_OUT_OF_RANGE'
),

samples as (
    select
        rejected.center_id,
        cast(rejected.month_text || '-01' as date) as month_start_on,
        cast(rejected.utilization_text as bigint) as utilization_pct
    from rejected
    where
        rejected.month_text is not null
        and length(rejected.utilization_text) <= 12
)

select
    samples.center_id,
    samples.month_start_on,
    {{ integer_sum('centers.telemetry_interval_seconds') }} as rejected_seconds,
    {{ integer_sum('100 * samples.utilization_pct * centers.telemetry_interval_seconds') }} as rejected_bp_seconds
from samples
inner join {{ ref('stg_registers__centers') }} as centers
    on samples.center_id = centers.center_id
where samples.utilization_pct > 100
group by samples.center_id, samples.month_start_on
