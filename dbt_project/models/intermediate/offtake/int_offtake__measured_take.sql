-- Grain: one row per commitment and row of what was taken under it, as its contract measures it, in its unit.
-- Billed is what the meter says. Collected is the part of that which the invoices of its lease and day were paid. Lit
-- is what telemetry proves of the leases that name the commitment; a meter row without such a lease proves nothing.
-- What no rule converts into the unit is refused with its reason: at least nothing, at most nobody knows.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

leases as (
    select
        lease_id,
        tenant_party_id,
        commitment_id,
        unit_price_cny_fen,
        price_unit
    from {{ ref('stg_registers__leases') }}
),

lease_weights as (
    select * from {{ ref('int_offtake__lease_weights') }}
),

paid_days as (
    select
        lease_id,
        local_day,
        {{ integer_sum('billed_cny_fen') }} as billed_cny_fen,
        {{ integer_sum('received_cny_fen') }} as received_cny_fen
    from {{ ref('int_collection__lease_day_shares') }}
    group by lease_id, local_day
),

metered as (
    select
        usage_rows.usage_id as take_id,
        usage_rows.commitment_id,
        usage_rows.consumer_party_id,
        usage_rows.lease_id,
        usage_rows.used_on,
        usage_rows.unit as told_unit,
        terms.quantity_unit,
        case
            when terms.measured_on = 'lit_business' then 0
            when terms.measured_on = 'collected' and paid_days.lease_id is null then 0
            when terms.measured_on = 'collected'
                then {{ whole_division(
                    wide('usage_rows.quantity_milli')
                    ~ ' * least(paid_days.received_cny_fen, paid_days.billed_cny_fen)',
                    'nullif(paid_days.billed_cny_fen, 0)'
                ) }}
            else usage_rows.quantity_milli
        end as told_lower_milli,
        case
            when terms.measured_on = 'collected' and paid_days.lease_id is not null
                then {{ whole_division(
                    wide('greatest(usage_rows.quantity_milli, coalesce(usage_rows.quantity_upper_milli, 0))')
                    ~ ' * least(paid_days.received_cny_fen, paid_days.billed_cny_fen)',
                    'nullif(paid_days.billed_cny_fen, 0)'
                ) }}
            else greatest(usage_rows.quantity_milli, coalesce(usage_rows.quantity_upper_milli, 0))
        end as told_upper_milli,
        cast(0 as bigint) as suspect_milli
    from {{ ref('stg_registers__metered_usage') }} as usage_rows
    inner join terms
        on usage_rows.commitment_id = terms.commitment_id
    left join leases
        on usage_rows.lease_id = leases.lease_id
    left join paid_days
        on
            usage_rows.lease_id = paid_days.lease_id
            and usage_rows.used_on = paid_days.local_day
    where
        usage_rows.used_on <= terms.as_of_on
        -- Of a lease that names the commitment, telemetry tells what was lit.
        and not (terms.measured_on = 'lit_business' and coalesce(leases.commitment_id = terms.commitment_id, false))
),

-- A lease may hold cards of several models.
use_days as (
    select
        lease_id,
        local_day,
        is_commissioned,
        tenant_party_id,
        use_class,
        {{ integer_sum('lit_card_seconds') }} as lit_card_seconds,
        {{ integer_sum('unknown_card_seconds') }} as unknown_card_seconds,
        {{ integer_sum('suspect_card_seconds') }} as suspect_card_seconds,
        {{ wide_sum('lit_gflops_seconds') }} as lit_gflops_seconds,
        {{ wide_sum('unknown_gflops_seconds') }} as unknown_gflops_seconds,
        {{ wide_sum('suspect_gflops_seconds') }} as suspect_gflops_seconds
    from {{ ref('int_organic__use_days') }}
    group by lease_id, local_day, is_commissioned, tenant_party_id, use_class
),

-- Seconds as thousandths of an hour: 3.6 seconds each. Of use for a purpose nobody told only the upper bound counts.
lit as (
    select
        use_days.lease_id || '/' || cast(use_days.local_day as string)
        || case when use_days.is_commissioned then '' else '/not_accepted' end as take_id,
        terms.commitment_id,
        use_days.tenant_party_id as consumer_party_id,
        use_days.lease_id,
        use_days.local_day as used_on,
        case when terms.quantity_unit = 'pflops_hour' then 'pflops_hour' else 'card_hour' end as told_unit,
        terms.quantity_unit,
        case
            when use_days.use_class = 'unknown' then 0
            when terms.quantity_unit = 'pflops_hour'
                then cast(
                    floor((use_days.lit_gflops_seconds - use_days.suspect_gflops_seconds) / 3600000.0) as bigint
                )
            else {{ whole_division('(use_days.lit_card_seconds - use_days.suspect_card_seconds) * 10', '36') }}
        end as told_lower_milli,
        case
            when terms.quantity_unit = 'pflops_hour'
                then cast(
                    ceil((use_days.lit_gflops_seconds + use_days.unknown_gflops_seconds) / 3600000.0) as bigint
                )
            else {{ whole_division('(use_days.lit_card_seconds + use_days.unknown_card_seconds) * 10 + 35', '36') }}
        end as told_upper_milli,
        case
            when terms.quantity_unit = 'pflops_hour'
                then cast(floor(use_days.suspect_gflops_seconds / 3600000.0) as bigint)
            else {{ whole_division('use_days.suspect_card_seconds * 10', '36') }}
        end as suspect_milli
    from use_days
    inner join leases
        on use_days.lease_id = leases.lease_id
    inner join terms
        on leases.commitment_id = terms.commitment_id
    where
        terms.measured_on = 'lit_business'
        and use_days.use_class <> 'test'
        and use_days.local_day <= terms.as_of_on
),

told as (
    select * from metered
    union all
    select * from lit
),

weighed as (
    select
        told.*,
        leases.tenant_party_id,
        case
            when told.told_unit = told.quantity_unit then cast(1 as double)
            when told.told_unit = 'card_hour' and told.quantity_unit = 'pflops_hour'
                then lease_weights.weight_gflops_lower / cast(1000000 as double)
            when told.told_unit = 'pflops_hour' and told.quantity_unit = 'card_hour'
                then cast(1000000 as double) / lease_weights.weight_gflops_upper
            when told.told_unit = 'card_hour' and told.quantity_unit = 'cny' and leases.price_unit = 'card_hour'
                then leases.unit_price_cny_fen / cast(100 as double)
        end as factor_lower,
        case
            when told.told_unit = told.quantity_unit then cast(1 as double)
            when told.told_unit = 'card_hour' and told.quantity_unit = 'pflops_hour'
                then lease_weights.weight_gflops_upper / cast(1000000 as double)
            when told.told_unit = 'pflops_hour' and told.quantity_unit = 'card_hour'
                then cast(1000000 as double) / lease_weights.weight_gflops_lower
            when told.told_unit = 'card_hour' and told.quantity_unit = 'cny' and leases.price_unit = 'card_hour'
                then leases.unit_price_cny_fen / cast(100 as double)
        end as factor_upper
    from told
    left join leases
        on told.lease_id = leases.lease_id
    left join lease_weights
        on told.lease_id = lease_weights.lease_id
)

select
    take_id,
    commitment_id,
    consumer_party_id,
    lease_id,
    tenant_party_id,
    used_on,
    told_unit,
    case
        when told_unit = quantity_unit then told_lower_milli
        when factor_lower is not null then cast(floor(told_lower_milli * factor_lower) as bigint)
    end as quantity_milli,
    case
        when told_unit = quantity_unit then told_upper_milli
        when factor_upper is not null then cast(ceil(told_upper_milli * factor_upper) as bigint)
    end as quantity_upper_milli,
    suspect_milli,
    told_unit <> quantity_unit and factor_lower is not null as is_converted,
    case
        when told_unit = quantity_unit or factor_lower is not null then null
        when told_unit in ('card_hour', 'pflops_hour') and quantity_unit in ('card_hour', 'pflops_hour')
            then 'weight_of_cards_not_known'
        when told_unit = 'card_hour' and quantity_unit = 'cny' then 'no_price_per_card_hour'
        else 'no_rule_between_units'
    end as refused_reason
from weighed
