-- Grain: one row per claim: its verdict over all rules, and how much of it is admissible at both bounds.
with claims as (
    select * from {{ ref('stg_registers__subsidy_claims') }}
),

terms as (
    select * from {{ ref('int_subsidy__programme_terms') }}
),

bases as (
    select * from {{ ref('int_subsidy__claim_bases') }}
),

verdicts as (
    select
        claim_id,
        count(*) as rule_count,
        {{ integer_sum("case when verdict = 'pass' then 1 end") }} as pass_count,
        {{ integer_sum("case when verdict = 'fail' then 1 end") }} as fail_count,
        {{ integer_sum("case when verdict = 'undetermined' then 1 end") }} as undetermined_count
    from {{ ref('int_subsidy__claim_rule_verdicts') }}
    group by claim_id
),

judged as (
    select
        claims.claim_id,
        claims.programme_id,
        claims.claimed_cny_fen,
        coalesce(verdicts.rule_count, 0) as rule_count,
        coalesce(verdicts.pass_count, 0) as pass_count,
        coalesce(verdicts.fail_count, 0) as fail_count,
        coalesce(verdicts.undetermined_count, 0) as undetermined_count,
        case
            when verdicts.fail_count > 0 then 'fail'
            when verdicts.pass_count = verdicts.rule_count then 'pass'
            else 'undetermined'
        end as verdict
    from claims
    left join verdicts
        on claims.claim_id = verdicts.claim_id
)

select
    judged.claim_id,
    judged.programme_id,
    judged.rule_count,
    judged.pass_count,
    judged.fail_count,
    judged.undetermined_count,
    judged.verdict,
    bases.invoiced_cny_fen,
    bases.received_cny_fen,
    case when judged.verdict = 'pass' then judged.claimed_cny_fen else 0 end as admissible_cny_fen_lower,
    case when judged.verdict = 'fail' then 0 else judged.claimed_cny_fen end as admissible_cny_fen_upper
from judged
inner join bases
    on judged.claim_id = bases.claim_id
inner join terms
    on judged.programme_id = terms.programme_id
