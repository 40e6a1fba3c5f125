-- Grain: one row per claim and rule about amounts: use, payment, share and cap, grant, capacity, targets.
with claim_rules as (
    select * from {{ ref('int_subsidy__claim_rules') }}
    where
        check_id in (
            'executed', 'paid', 'within_share_and_cap', 'within_grant', 'capacity_reached', 'capacity_kept',
            'target_met'
        )
),

bases as (
    select * from {{ ref('int_subsidy__claim_bases') }}
),

claims as (
    select * from {{ ref('stg_registers__subsidy_claims') }}
),

year_claims as (
    select
        programme_id,
        claimant_party_id,
        extract(year from claimed_on) as claim_year,
        {{ integer_sum('claimed_cny_fen') }} as claimed_cny_fen
    from claims
    group by programme_id, claimant_party_id, extract(year from claimed_on)
),

programme_claims as (
    select
        programme_id,
        {{ integer_sum('claimed_cny_fen') }} as claimed_cny_fen
    from claims
    group by programme_id
),

center_days as (
    select
        center_id,
        local_day,
        delivered_end_gflops_lower as gflops_lower,
        delivered_end_gflops_upper as gflops_upper
    from {{ ref('int_subsidy__use_days') }}
),

capacity as (
    select
        claim_rules.claim_id,
        claim_rules.rule_no,
        count(*) as day_count,
        case claim_rules.check_id
            when 'capacity_kept' then min(center_days.gflops_lower)
            else max(center_days.gflops_lower)
        end as gflops_lower,
        case claim_rules.check_id
            when 'capacity_kept' then min(center_days.gflops_upper)
            else max(center_days.gflops_upper)
        end as gflops_upper
    from claim_rules
    inner join center_days
        on
            claim_rules.center_id = center_days.center_id
            and claim_rules.period_from <= center_days.local_day
            and center_days.local_day < claim_rules.passed_to
    where claim_rules.check_id in ('capacity_reached', 'capacity_kept')
    group by claim_rules.claim_id, claim_rules.rule_no, claim_rules.check_id
),

targets as (
    select
        claim_rules.claim_id,
        min(credits.credit_lower) as credit_lower,
        min(credits.credit_upper) as credit_upper
    from claim_rules
    inner join {{ ref('int_subsidy__milestone_credits') }} as credits
        on
            claim_rules.programme_id = credits.programme_id
            and claim_rules.period_from < credits.due_on
            and credits.due_on <= claim_rules.period_to
    where claim_rules.check_id = 'target_met'
    group by claim_rules.claim_id
),

measured as (
    select
        claim_rules.claim_id,
        claim_rules.rule_no,
        claim_rules.check_id,
        case claim_rules.check_id
            when 'executed' then cast(bases.lit_card_seconds_lower as double) / 3600
            when 'paid' then {{ ratio('bases.received_cny_fen', 'bases.invoiced_cny_fen') }}
            when 'within_share_and_cap' then {{ ratio('claim_rules.claimed_cny_fen', 'bases.received_cny_fen') }}
            when 'within_grant' then cast(programme_claims.claimed_cny_fen as double) / 100
            when 'target_met' then targets.credit_lower
            else cast(capacity.gflops_lower as double) / 1000000
        end as measured_lower,
        case claim_rules.check_id
            when 'executed' then cast(bases.lit_card_seconds_upper as double) / 3600
            when 'paid' then {{ ratio('bases.received_cny_fen', 'bases.invoiced_cny_fen') }}
            when 'within_share_and_cap' then {{ ratio('claim_rules.claimed_cny_fen', 'bases.invoiced_cny_fen') }}
            when 'within_grant' then cast(programme_claims.claimed_cny_fen as double) / 100
            when 'target_met' then targets.credit_upper
            else cast(capacity.gflops_upper as double) / 1000000
        end as measured_upper,
        case claim_rules.check_id
            when 'executed'
                then
                    case
                        when bases.contract_count = 0 then 'nothing_named'
                        when bases.lit_card_seconds_lower > 0 then 'used'
                        when bases.lit_card_seconds_upper > 0 then 'use_unknown'
                        else 'not_used'
                    end
            when 'paid'
                then
                    case
                        when bases.invoice_count = 0 then 'nothing_named'
                        when bases.received_cny_fen >= bases.invoiced_cny_fen and bases.unknown_invoice_count = 0
                            then 'fully_paid'
                        when bases.unknown_invoice_count > 0 then 'invoice_not_registered'
                        else 'not_fully_paid'
                    end
            when 'within_share_and_cap'
                then
                    case
                        when claim_rules.claim_cap_cny_fen < year_claims.claimed_cny_fen then 'above_cap'
                        when claim_rules.claim_share_bp is null then 'share_not_stated'
                        when bases.invoice_count = 0 then 'nothing_named'
                        when
                            claim_rules.claimed_cny_fen * 10000
                            <= {{ wide('bases.received_cny_fen') }} * claim_rules.claim_share_bp
                            then 'within_share'
                        when bases.unknown_invoice_count > 0 then 'invoice_not_registered'
                        else 'above_share'
                    end
            when 'within_grant'
                then
                    case
                        when programme_claims.claimed_cny_fen <= claim_rules.granted_cny_fen then 'within_grant'
                        else 'above_grant'
                    end
            when 'target_met'
                then
                    case
                        when targets.claim_id is null then 'no_target_due'
                        when targets.credit_lower >= 1 then 'target_met'
                        when targets.credit_upper >= 1 then 'target_undetermined'
                        else 'target_not_met'
                    end
            else
                case
                    when capacity.claim_id is null then 'capacity_not_known'
                    when capacity.gflops_lower >= claim_rules.threshold_number * 1000000 then 'capacity_proven'
                    when capacity.gflops_upper >= claim_rules.threshold_number * 1000000 then 'capacity_not_proven'
                    else 'capacity_too_small'
                end
        end as finding
    from claim_rules
    inner join bases
        on claim_rules.claim_id = bases.claim_id
    left join year_claims
        on
            claim_rules.programme_id = year_claims.programme_id
            and claim_rules.claimant_party_id = year_claims.claimant_party_id
            and extract(year from claim_rules.claimed_on) = year_claims.claim_year
    left join programme_claims
        on claim_rules.programme_id = programme_claims.programme_id
    left join capacity
        on
            claim_rules.claim_id = capacity.claim_id
            and claim_rules.rule_no = capacity.rule_no
    left join targets
        on claim_rules.claim_id = targets.claim_id
)

select
    measured.claim_id,
    measured.rule_no,
    measured.finding,
    measured.finding in (
        'used', 'fully_paid', 'within_share', 'within_grant', 'target_met', 'capacity_proven'
    ) as passes_at_lower,
    measured.finding not in (
        'not_used', 'not_fully_paid', 'above_cap', 'above_share', 'above_grant', 'target_not_met', 'capacity_too_small'
    ) as passes_at_upper,
    measured.measured_lower,
    measured.measured_upper
from measured
