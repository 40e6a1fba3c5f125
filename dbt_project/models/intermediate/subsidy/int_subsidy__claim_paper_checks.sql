-- Grain: one row per claim and rule about what it rests on: papers, things claimed twice, devices, electricity.
with claim_rules as (
    select * from {{ ref('int_subsidy__claim_rules') }}
    where check_id in ('paper_present', 'claimed_once', 'serials_delivered', 'electricity_covers_period')
),

items as (
    select * from {{ ref('stg_registers__subsidy_claim_items') }}
),

item_counts as (
    select
        claim_id,
        item_kind,
        count(*) as item_count
    from items
    group by claim_id, item_kind
),

things as (
    select
        claim_id,
        count(*) as thing_count
    from items
    where item_kind in ('contract', 'invoice', 'serial')
    group by claim_id
),

doubles as (
    select
        claim_id,
        count(*) as double_count,
        max(case when is_the_later then 1 else 0 end) as is_the_later
    from {{ ref('int_subsidy__double_claims') }}
    group by claim_id
),

serials as (
    select
        serial,
        device_uid,
        center_id
    from {{ ref('stg_registers__device_events') }}
    where serial is not null
    group by serial, device_uid, center_id
),

commissioned as (
    select
        claim_rules.claim_id,
        items.item_ref,
        max(case when serials.serial is not null then 1 else 0 end) as is_known,
        max(case when states.is_commissioned then 1 else 0 end) as is_commissioned
    from claim_rules
    inner join items
        on
            claim_rules.claim_id = items.claim_id
            and items.item_kind = 'serial'
    left join serials
        on
            items.item_ref = serials.serial
            and claim_rules.center_id = serials.center_id
    left join {{ ref('int_calendar__center_days') }} as days
        on
            claim_rules.center_id = days.center_id
            and days.local_day = {{ add_days('claim_rules.passed_to', -1) }}
    left join {{ ref('int_inventory__device_states') }} as states
        on
            serials.center_id = states.center_id
            and serials.device_uid = states.device_uid
            and states.valid_from_epoch_seconds < days.day_end_epoch_seconds
            and (
                states.valid_to_epoch_seconds is null or days.day_end_epoch_seconds <= states.valid_to_epoch_seconds
            )
    where claim_rules.check_id = 'serials_delivered'
    group by claim_rules.claim_id, items.item_ref
),

delivered as (
    select
        claim_id,
        count(*) as serial_count,
        {{ integer_sum('is_commissioned') }} as commissioned_count,
        {{ integer_sum('case when is_known = 1 and is_commissioned = 0 then 1 end') }} as not_commissioned_count
    from commissioned
    group by claim_id
),

billed as (
    select
        claim_rules.claim_id,
        count(distinct bill_days.local_day) as billed_day_count
    from claim_rules
    inner join {{ ref('int_energy__bill_days') }} as bill_days
        on
            claim_rules.center_id = bill_days.center_id
            and claim_rules.period_from <= bill_days.local_day
            and bill_days.local_day < claim_rules.period_to
    where claim_rules.check_id = 'electricity_covers_period'
    group by claim_rules.claim_id
),

found as (
    select
        claim_rules.claim_id,
        claim_rules.rule_no,
        case claim_rules.check_id
            when 'paper_present'
                then case when papers.item_count is null then 'paper_not_on_file' else 'paper_on_file' end
            when 'claimed_once'
                then
                    case
                        when doubles.is_the_later = 1 then 'claimed_before'
                        when doubles.double_count is not null then 'claimed_again_later'
                        when things.thing_count is null then 'nothing_named'
                        else 'claimed_once'
                    end
            when 'serials_delivered'
                then
                    case
                        when delivered.serial_count is null then 'nothing_named'
                        when delivered.not_commissioned_count > 0 then 'not_in_service'
                        when delivered.commissioned_count < delivered.serial_count then 'serial_not_registered'
                        else 'in_service'
                    end
            else
                case
                    when papers.item_count is null then 'paper_not_on_file'
                    when
                        coalesce(billed.billed_day_count, 0)
                        < {{ days_between('claim_rules.period_from', 'claim_rules.period_to') }}
                        then 'bills_do_not_cover'
                    else 'bills_cover'
                end
        end as finding,
        case claim_rules.check_id
            when 'claimed_once' then cast(coalesce(doubles.double_count, 0) as double)
            when 'serials_delivered' then cast(delivered.commissioned_count as double)
            when 'electricity_covers_period' then cast(coalesce(billed.billed_day_count, 0) as double)
        end as measured
    from claim_rules
    left join item_counts as papers
        on
            claim_rules.claim_id = papers.claim_id
            and papers.item_kind = case
                when claim_rules.check_id = 'electricity_covers_period' then 'electricity_statement'
                else claim_rules.threshold_text
            end
    left join things
        on claim_rules.claim_id = things.claim_id
    left join doubles
        on claim_rules.claim_id = doubles.claim_id
    left join delivered
        on claim_rules.claim_id = delivered.claim_id
    left join billed
        on claim_rules.claim_id = billed.claim_id
)

select
    found.claim_id,
    found.rule_no,
    found.finding,
    found.finding in ('paper_on_file', 'claimed_once', 'in_service', 'bills_cover') as passes_at_lower,
    found.finding not in ('claimed_before', 'not_in_service') as passes_at_upper,
    found.measured as measured_lower,
    found.measured as measured_upper
from found
