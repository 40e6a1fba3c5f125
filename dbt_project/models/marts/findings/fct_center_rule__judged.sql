-- Grain: one row per center and rule. Nothing found is not the same as no input to find it in.
with inputs as (
    select
        center_id,
        'samples' as input
    from {{ ref('stg_telemetry__hour_traits') }}
    group by center_id
    union all
    select
        center_id,
        'device_days' as input
    from {{ ref('int_utilization__device_days') }}
    where known_seconds > 0
    group by center_id
    union all
    select
        center_id,
        'machine_meter' as input
    from {{ ref('int_energy__meter_days') }}
    where meter_scope in ('server', 'pdu', 'cabinet')
    group by center_id
    union all
    select
        center_id,
        'leases' as input
    from {{ ref('stg_registers__leases') }}
    group by center_id
    union all
    select
        center_id,
        'plan' as input
    from {{ ref('stg_registers__capacity_plans') }}
    where declared_pflops is not null
    group by center_id
    union all
    select
        center_id,
        'registers' as input
    from {{ ref('stg_registers__device_events') }}
    group by center_id
    union all
    select
        center_id,
        'milestones' as input
    from {{ ref('int_findings__settlement_days') }}
    group by center_id
    union all
    select
        center_id,
        'payments' as input
    from {{ ref('int_parties__bought_receipts') }}
    where has_visible_payment
    group by center_id
),

centers as (
    select center_id
    from {{ ref('stg_registers__centers') }}
    group by center_id
),

counted as (
    select
        center_id,
        rule_id,
        count(*) as finding_count,
        sum(case when verdict = 'holds' then 1 else 0 end) as holding_count,
        sum(case when verdict = 'undetermined' then 1 else 0 end) as undetermined_count,
        sum(case when verdict = 'holds' and severity = 'serious' then 1 else 0 end) as serious_count
    from {{ ref('fct_finding') }}
    group by center_id, rule_id
)

select
    centers.center_id,
    rules.rule_id,
    case
        when counted.holding_count > 0 then 'holds'
        when counted.undetermined_count > 0 then 'undetermined'
        when rules.needs = 'files' or inputs.input is not null then 'nothing_found'
        else 'no_input'
    end as state,
    cast(coalesce(counted.finding_count, 0) as bigint) as finding_count,
    cast(coalesce(counted.holding_count, 0) as bigint) as holding_count,
    cast(coalesce(counted.undetermined_count, 0) as bigint) as undetermined_count,
    cast(coalesce(counted.serious_count, 0) as bigint) as serious_count
from centers
cross join {{ ref('finding_rules') }} as rules
left join inputs
    on
        centers.center_id = inputs.center_id
        and rules.needs = inputs.input
left join counted
    on
        centers.center_id = counted.center_id
        and rules.rule_id = counted.rule_id
