-- Grain: one row per claim: what the invoices it names were billed and paid, and what its leases were used for.
-- Billed and paid are with tax; an invoice that no register knows makes the upper bound of what was paid unknown.
with claims as (
    select * from {{ ref('stg_registers__subsidy_claims') }}
),

items as (
    select * from {{ ref('stg_registers__subsidy_claim_items') }}
),

lines as (
    select
        invoice_id,
        invoice_line_id,
        billed_cny_fen as invoiced_cny_fen,
        received_cny_fen
    from {{ ref('int_collection__billed_lines') }}
),

invoices as (
    select
        items.claim_id,
        items.item_ref,
        count(lines.invoice_line_id) as line_count,
        {{ integer_sum('lines.invoiced_cny_fen') }} as invoiced_cny_fen,
        {{ integer_sum('lines.received_cny_fen') }} as received_cny_fen
    from items
    left join lines
        on items.item_ref in (lines.invoice_id, lines.invoice_line_id)
    where items.item_kind = 'invoice'
    group by items.claim_id, items.item_ref
),

billed as (
    select
        claim_id,
        count(*) as invoice_count,
        {{ integer_sum('case when line_count = 0 then 1 end') }} as unknown_invoice_count,
        {{ integer_sum('invoiced_cny_fen') }} as invoiced_cny_fen,
        {{ integer_sum('received_cny_fen') }} as received_cny_fen
    from invoices
    group by claim_id
),

used as (
    select
        claims.claim_id,
        {{ integer_sum('attributed.lit_seconds') }} as lit_card_seconds_lower,
        {{ integer_sum('attributed.lit_seconds + attributed.unknown_seconds') }} as lit_card_seconds_upper
    from claims
    inner join items
        on
            claims.claim_id = items.claim_id
            and items.item_kind = 'contract'
    inner join {{ ref('int_rates__attributed_days') }} as attributed
        on
            claims.center_id = attributed.center_id
            and items.item_ref = attributed.allocated_lease_id
            and claims.period_from <= attributed.local_day
            and attributed.local_day < claims.period_to
    group by claims.claim_id
),

-- Load that may be synthetic proves no use of a contract.
suspected as (
    select
        claims.claim_id,
        {{ integer_sum('use_days.suspect_card_seconds') }} as suspect_card_seconds
    from claims
    inner join items
        on
            claims.claim_id = items.claim_id
            and items.item_kind = 'contract'
    inner join {{ ref('int_organic__use_days') }} as use_days
        on
            claims.center_id = use_days.center_id
            and items.item_ref = use_days.lease_id
            and claims.period_from <= use_days.local_day
            and use_days.local_day < claims.period_to
    group by claims.claim_id
),

contracts as (
    select
        claim_id,
        count(*) as contract_count
    from items
    where item_kind = 'contract'
    group by claim_id
)

select
    claims.claim_id,
    claims.programme_id,
    coalesce(contracts.contract_count, 0) as contract_count,
    coalesce(billed.invoice_count, 0) as invoice_count,
    coalesce(billed.unknown_invoice_count, 0) as unknown_invoice_count,
    coalesce(billed.invoiced_cny_fen, 0) as invoiced_cny_fen,
    coalesce(billed.received_cny_fen, 0) as received_cny_fen,
    coalesce(used.lit_card_seconds_lower, 0) - coalesce(suspected.suspect_card_seconds, 0) as lit_card_seconds_lower,
    coalesce(used.lit_card_seconds_upper, 0) as lit_card_seconds_upper
from claims
left join billed
    on claims.claim_id = billed.claim_id
left join used
    on claims.claim_id = used.claim_id
left join suspected
    on claims.claim_id = suspected.claim_id
left join contracts
    on claims.claim_id = contracts.claim_id
