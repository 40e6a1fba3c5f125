-- Grain: one row per claim, rule and row of a register that the rule was judged by.
with claim_rules as (
    select * from {{ ref('int_subsidy__claim_rules') }}
),

items as (
    select * from {{ ref('stg_registers__subsidy_claim_items') }}
),

relations as (
    select * from {{ ref('int_parties__relations') }}
),

links as (
    select * from {{ ref('stg_registers__party_links') }}
),

parties as (
    {{ claim_evidence_rows('parties', 'parties.party_id', 'parties') }}
    inner join {{ ref('stg_registers__parties') }} as parties
        on
            claim_rules.buyer_party_id = parties.party_id
            or (claim_rules.check_id = 'unaffiliated' and claim_rules.supplier_party_id = parties.party_id)
    where claim_rules.check_id in ('buyer_in_area', 'unaffiliated')
),

-- Two links can lead to one other party on several ways; the union below names a link once.
affiliations as (
    {{ claim_evidence_rows('party_links', 'links.link_id', 'links') }}
    inner join relations
        on
            claim_rules.buyer_party_id = relations.party_id
            and claim_rules.supplier_party_id = relations.other_party_id
            and relations.valid_from < claim_rules.period_to
            and (relations.valid_to is null or claim_rules.period_from < relations.valid_to)
    inner join links
        on links.link_id in (relations.first_link_id, relations.second_link_id)
    where claim_rules.check_id = 'unaffiliated'
),

papers as (
    {{ claim_evidence_rows(
        'subsidy_claim_items', "items.claim_id || ' / ' || items.item_kind || ' / ' || items.item_ref", 'items'
    ) }}
    inner join items
        on
            claim_rules.claim_id = items.claim_id
            and (
                (claim_rules.check_id = 'paper_present' and items.item_kind = claim_rules.threshold_text)
                or (
                    claim_rules.check_id = 'electricity_covers_period'
                    and items.item_kind = 'electricity_statement'
                )
                or (
                    claim_rules.check_id = 'claimed_once'
                    and items.item_kind in ('contract', 'invoice', 'serial')
                )
                or (claim_rules.check_id = 'serials_delivered' and items.item_kind = 'serial')
                or (claim_rules.check_id = 'executed' and items.item_kind = 'contract')
            )
),

other_claims as (
    select
        claim_rules.claim_id,
        claim_rules.rule_no,
        'subsidy_claim_items' as record_kind,
        doubles.other_claim_id || ' / ' || doubles.item_kind || ' / ' || doubles.item_ref as row_key,
        doubles.other_source_sha256 as source_sha256,
        doubles.other_source_line as source_line
    from claim_rules
    inner join {{ ref('int_subsidy__double_claims') }} as doubles
        on claim_rules.claim_id = doubles.claim_id
    where claim_rules.check_id = 'claimed_once'
),

invoice_lines as (
    {{ claim_evidence_rows('invoice_lines', 'lines.invoice_line_id', 'lines') }}
    inner join items
        on
            claim_rules.claim_id = items.claim_id
            and items.item_kind = 'invoice'
    inner join {{ ref('stg_registers__invoice_lines') }} as lines
        on items.item_ref in (lines.invoice_id, lines.invoice_line_id)
    where claim_rules.check_id in ('paid', 'within_share_and_cap')
),

receipts as (
    {{ claim_evidence_rows(
        'receipt_allocations', "allocations.movement_id || ' / ' || allocations.invoice_line_id", 'allocations'
    ) }}
    inner join items
        on
            claim_rules.claim_id = items.claim_id
            and items.item_kind = 'invoice'
    inner join {{ ref('stg_registers__invoice_lines') }} as lines
        on items.item_ref in (lines.invoice_id, lines.invoice_line_id)
    inner join {{ ref('stg_registers__receipt_allocations') }} as allocations
        on lines.invoice_line_id = allocations.invoice_line_id
    where claim_rules.check_id in ('paid', 'within_share_and_cap')
),

leases as (
    {{ claim_evidence_rows('leases', 'leases.lease_id', 'leases') }}
    inner join items
        on
            claim_rules.claim_id = items.claim_id
            and items.item_kind = 'contract'
    inner join {{ ref('stg_registers__leases') }} as leases
        on items.item_ref = leases.lease_id
    where claim_rules.check_id = 'executed'
),

conditions as (
    {{ claim_evidence_rows('subsidy_milestones', 'milestones.milestone_id', 'milestones') }}
    inner join {{ ref('stg_registers__subsidy_milestones') }} as milestones
        on
            claim_rules.programme_id = milestones.programme_id
            and claim_rules.period_from < milestones.due_on
            and milestones.due_on <= claim_rules.period_to
    where claim_rules.check_id = 'target_met'
),

bills as (
    {{ claim_evidence_rows('utility_bills', 'bills.bill_id', 'bills') }}
    inner join {{ ref('stg_registers__utility_bills') }} as bills
        on
            claim_rules.center_id = bills.center_id
            and bills.period_start_on < claim_rules.period_to
            and claim_rules.period_from < bills.period_end_on
    where claim_rules.check_id = 'electricity_covers_period'
),

capacity as (
    {{ claim_evidence_rows('attestations', 'attestations.attestation_id', 'attestations') }}
    inner join {{ ref('stg_registers__attestations') }} as attestations
        on
            claim_rules.center_id = attestations.center_id
            and attestations.attested_on < claim_rules.period_to
    where claim_rules.check_id in ('capacity_reached', 'capacity_kept')
)

{% for source in ['parties', 'affiliations', 'papers', 'other_claims', 'invoice_lines', 'receipts', 'leases',
    'conditions', 'bills', 'capacity'] %}
    select
        claim_id,
        rule_no,
        record_kind,
        row_key,
        source_sha256,
        source_line
    from {{ source }}
    {% if not loop.last %}union{% endif %}
{% endfor %}
