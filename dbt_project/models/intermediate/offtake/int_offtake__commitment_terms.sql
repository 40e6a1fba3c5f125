-- Grain: one row per commitment; its terms, with the policy's default where the contract is silent.
with commitments as (
    select * from {{ ref('stg_registers__offtake_commitments') }}
),

periods as (
    select * from {{ ref('stg_registers__offtake_periods') }}
),

centers as (
    select
        center_id,
        time_zone,
        acceptance_start_on,
        acceptance_end_on
    from {{ ref('stg_registers__centers') }}
),

build as (
    select as_of_epoch_seconds from {{ ref('stg_intake__build') }}
),

period_spans as (
    select
        commitment_id,
        min(period_start_on) as first_day_on,
        {{ add_days('max(period_end_on)', -1) }} as last_day_on,
        max({{ days_between('period_start_on', 'period_end_on') }}) as longest_period_days
    from periods
    group by commitment_id
)

select
    commitments.commitment_id,
    commitments.center_id,
    commitments.vendor_party_id,
    commitments.unit,
    -- A share of capacity is taken in card-hours.
    case when commitments.unit = 'pct_of_capacity' then 'card_hour' else commitments.unit end as quantity_unit,
    commitments.measured_on,
    case
        when commitments.ended_on is not null then coalesce(commitments.end_kind, 'terminated')
    end as end_kind,
    {{ policy_rule_version('offtake-2') }} as rule_version,
    coalesce(commitments.related_take, 'capped') as related_take,
    coalesce(commitments.self_use, 'capped') as self_use,
    coalesce(commitments.sub_lease, 'allowed') as sub_lease,
    coalesce(commitments.shortfall_mode, 'pay_difference') as shortfall_mode,
    coalesce(commitments.carry_back, 'not_allowed') as carry_back,
    commitments.floor_price_cny_fen,
    commitments.buy_back_price_cny_fen,
    commitments.price_escalator_bp,
    commitments.price_escalates_from_on,
    commitments.price_tax_basis,
    commitments.price_vat_bp,
    coalesce(commitments.late_interest_bp, 0) as late_interest_bp,
    commitments.vendor_capex_terms,
    coalesce(commitments.tail_withheld_cny_fen, 0) as tail_withheld_cny_fen,
    commitments.tail_release_event,
    coalesce(commitments.tail_set_off, 'allowed') as tail_set_off,
    commitments.acceptance_terms,
    commitments.termination_terms,
    commitments.exclusivity_terms,
    commitments.evidence_terms,
    cast(
        coalesce(
            commitments.related_cap_bp, round({{ policy_number('offtake_related_cap_ratio') }} * 10000)
        ) as bigint
    ) as related_cap_bp,
    coalesce(commitments.credit_cap_bp, 0) as credit_cap_bp,
    coalesce(commitments.credit_expiry_periods, 0) as credit_expiry_periods,
    commitments.availability_floor_bp,
    cast(coalesce(commitments.due_days, {{ policy_number('offtake_due_days') }}) as bigint) as due_days,
    cast(coalesce(commitments.cure_days, {{ policy_number('offtake_cure_days') }}) as bigint) as cure_days,
    cast(
        case
            when period_spans.longest_period_days <= 31 then {{ policy_number('offtake_rolling_periods_monthly') }}
            else {{ policy_number('offtake_rolling_periods') }}
        end as bigint
    ) as rolling_period_count,
    commitments.signed_on,
    commitments.ended_on,
    case
        when commitments.acceptance_end_on is not null then commitments.acceptance_start_on
        else centers.acceptance_start_on
    end as acceptance_start_on,
    coalesce(commitments.acceptance_end_on, centers.acceptance_end_on) as acceptance_end_on,
    period_spans.first_day_on,
    period_spans.last_day_on,
    {{ local_date('build.as_of_epoch_seconds', "coalesce(centers.time_zone, 'UTC')") }} as as_of_on
from commitments
left join period_spans
    on commitments.commitment_id = period_spans.commitment_id
left join centers
    on commitments.center_id = centers.center_id
cross join build
