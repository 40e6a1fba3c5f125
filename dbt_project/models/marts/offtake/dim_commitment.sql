-- Grain: one row per commitment, as it stands at as-of.
with terms as (
    select * from {{ ref('int_offtake__commitment_terms') }}
),

vendors as (
    select
        party_id,
        party_name_zh,
        party_name_en
    from {{ ref('stg_registers__parties') }}
),

-- Every agreement on the vendor's part of what its center costs.
contributions as (
    select
        terms.commitment_id,
        {{ integer_sum('contributed.amount_cny_fen') }} as vendor_capex_cny_fen,
        case
            when min(contributed.contribution_nature) = max(contributed.contribution_nature)
                then min(contributed.contribution_nature)
            else 'several'
        end as vendor_capex_nature
    from terms
    inner join {{ ref('stg_registers__capital_contributions') }} as contributed
        on
            terms.center_id = contributed.center_id
            and terms.vendor_party_id = contributed.contributor_party_id
            and contributed.committed_on <= terms.as_of_on
    group by terms.commitment_id
),

day_states as (
    select * from {{ ref('int_offtake__day_states') }}
),

settlements as (
    select * from {{ ref('stg_registers__offtake_settlements') }}
),

owed as (
    select
        commitment_id,
        {{ integer_sum('shortfall_quantity_milli') }} as shortfall_quantity_milli,
        {{ integer_sum('shortfall_quantity_milli - filled_quantity_milli') }} as open_shortfall_quantity_milli,
        {{ integer_sum('true_up_due_cny_fen') }} as true_up_due_cny_fen,
        {{ integer_sum('certain_true_up_cny_fen') }} as certain_true_up_cny_fen,
        -- One closed period without a known net amount leaves the sum unknown.
        case
            when count(true_up_net_cny_fen) = count(true_up_due_cny_fen)
                then {{ integer_sum('true_up_net_cny_fen') }}
        end as true_up_net_cny_fen,
        {{ integer_sum('late_interest_cny_fen') }} as late_interest_cny_fen
    from {{ ref('int_offtake__period_settled') }}
    group by commitment_id
),

-- Of all payments, also one that names a period nobody knows.
paid as (
    select
        terms.commitment_id,
        {{ integer_sum('settlements.amount_cny_fen') }} as paid_cny_fen
    from terms
    inner join settlements
        on
            terms.commitment_id = settlements.commitment_id
            and settlements.paid_on <= terms.as_of_on
    group by terms.commitment_id
),

summed as (
    select
        terms.*,
        vendors.party_name_zh as vendor_name_zh,
        vendors.party_name_en as vendor_name_en,
        coalesce(owed.shortfall_quantity_milli, 0) as shortfall_quantity_milli,
        coalesce(owed.open_shortfall_quantity_milli, 0) as open_shortfall_quantity_milli,
        coalesce(owed.true_up_due_cny_fen, 0) as true_up_due_cny_fen,
        coalesce(owed.certain_true_up_cny_fen, 0) as certain_true_up_cny_fen,
        owed.true_up_net_cny_fen,
        coalesce(owed.late_interest_cny_fen, 0) as late_interest_cny_fen,
        coalesce(paid.paid_cny_fen, 0) as paid_cny_fen,
        coalesce(owed.true_up_due_cny_fen, 0) - coalesce(paid.paid_cny_fen, 0) as outstanding_cny_fen,
        contributions.vendor_capex_cny_fen,
        contributions.vendor_capex_nature,
        coalesce(day_states.state, 'not_started') as state,
        day_states.state_at_lower,
        day_states.state_at_upper,
        extensions.extended_to_on
    from terms
    left join vendors
        on terms.vendor_party_id = vendors.party_id
    left join owed
        on terms.commitment_id = owed.commitment_id
    left join paid
        on terms.commitment_id = paid.commitment_id
    left join contributions
        on terms.commitment_id = contributions.commitment_id
    left join day_states
        on
            terms.commitment_id = day_states.commitment_id
            and terms.as_of_on = day_states.local_day
    left join {{ ref('int_offtake__extensions') }} as extensions
        on terms.commitment_id = extensions.commitment_id
)

select
    commitment_id,
    center_id,
    vendor_party_id,
    vendor_name_zh,
    vendor_name_en,
    unit,
    quantity_unit,
    measured_on,
    related_take,
    self_use,
    sub_lease,
    related_cap_bp,
    signed_on,
    first_day_on,
    last_day_on,
    ended_on,
    extended_to_on,
    acceptance_start_on,
    acceptance_end_on,
    rolling_period_count,
    shortfall_mode,
    carry_back,
    credit_cap_bp,
    credit_expiry_periods,
    availability_floor_bp,
    due_days,
    cure_days,
    floor_price_cny_fen,
    buy_back_price_cny_fen,
    price_escalator_bp,
    price_escalates_from_on,
    price_tax_basis,
    price_vat_bp,
    late_interest_bp,
    vendor_capex_cny_fen,
    vendor_capex_nature,
    vendor_capex_terms,
    acceptance_terms,
    termination_terms,
    exclusivity_terms,
    evidence_terms,
    shortfall_quantity_milli,
    open_shortfall_quantity_milli,
    true_up_due_cny_fen,
    certain_true_up_cny_fen,
    true_up_net_cny_fen,
    paid_cny_fen,
    outstanding_cny_fen,
    late_interest_cny_fen,
    tail_withheld_cny_fen,
    tail_release_event,
    tail_set_off,
    case
        when tail_set_off = 'allowed' then least(greatest(outstanding_cny_fen, 0), tail_withheld_cny_fen)
        else 0
    end as tail_set_off_cny_fen,
    case
        when tail_set_off = 'allowed' then outstanding_cny_fen - tail_withheld_cny_fen
        else outstanding_cny_fen
    end as net_claim_cny_fen,
    state,
    state_at_lower,
    state_at_upper,
    rule_version
from summed
