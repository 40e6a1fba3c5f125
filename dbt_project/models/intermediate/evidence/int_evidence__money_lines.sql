-- Grain: one row per register row behind an entry of money (see the entries of break-even and of revenue) and subject.
-- The subject is the entry; the days are those the row speaks of.
with movements as (
    select * from {{ ref('stg_registers__cash_movements') }}
),

invoice_lines as (
    select * from {{ ref('stg_registers__invoice_lines') }}
),

consumers as (
    select
        center_id,
        consumer_party_id
    from {{ ref('int_parties__bought_receipts') }}
    group by center_id, consumer_party_id
),

pairs as (
    select
        center_id,
        vendor_party_id,
        consumer_party_id
    from {{ ref('int_parties__bought_receipts') }}
    group by center_id, vendor_party_id, consumer_party_id
),

terms as (
    select
        power_terms.*,
        lead(power_terms.valid_from_on)
            over (partition by power_terms.center_id order by power_terms.valid_from_on nulls last)
            as next_valid_from_on
    from {{ ref('stg_registers__power_terms') }} as power_terms
)

select
    'cash_movements' as record_kind,
    movement_id as record_id,
    center_id,
    case
        when movement_kind = 'receipt' then 'receipts'
        when movement_kind like 'capex%' then 'depreciation'
        else 'fixed_opex'
    end as subject_id,
    booked_on as first_day_on,
    booked_on as last_day_on,
    source_sha256,
    source_line
from movements
where
    movement_kind = 'receipt'
    or movement_kind like 'capex%'
    or (movement_kind like 'opex%' and movement_kind <> 'opex_energy')
{% for entry in ['demand_charge', 'idle_energy', 'energy_of_sold_time'] %}
    union all
    select
        'power_terms' as record_kind,
        center_id || '/' || cast(valid_from_on as string) as record_id,
        center_id,
        '{{ entry }}' as subject_id,
        valid_from_on as first_day_on,
        {{ add_days('next_valid_from_on', -1) }} as last_day_on,
        source_sha256,
        source_line
    from terms
{% endfor %}
union all
select
    'invoice_lines' as record_kind,
    invoice_line_id as record_id,
    center_id,
    invoice_line_id as subject_id,
    service_from as first_day_on,
    {{ add_days('service_to', -1) }} as last_day_on,
    source_sha256,
    source_line
from invoice_lines
union all
select
    'credit_notes' as record_kind,
    credit_notes.credit_note_id as record_id,
    credit_notes.center_id,
    credit_notes.invoice_line_id as subject_id,
    invoice_lines.service_from as first_day_on,
    {{ add_days('invoice_lines.service_to', -1) }} as last_day_on,
    credit_notes.source_sha256,
    credit_notes.source_line
from {{ ref('stg_registers__credit_notes') }} as credit_notes
inner join invoice_lines
    on
        credit_notes.center_id = invoice_lines.center_id
        and credit_notes.invoice_line_id = invoice_lines.invoice_line_id
union all
select
    'receipt_allocations' as record_kind,
    allocations.movement_id || '/' || allocations.invoice_line_id as record_id,
    allocations.center_id,
    allocations.invoice_line_id as subject_id,
    invoice_lines.service_from as first_day_on,
    {{ add_days('invoice_lines.service_to', -1) }} as last_day_on,
    allocations.source_sha256,
    allocations.source_line
from {{ ref('stg_registers__receipt_allocations') }} as allocations
inner join invoice_lines
    on
        allocations.center_id = invoice_lines.center_id
        and allocations.invoice_line_id = invoice_lines.invoice_line_id
union all
select
    'invoice_lines' as record_kind,
    invoice_lines.invoice_line_id as record_id,
    invoice_lines.center_id,
    'related_above_cap' as subject_id,
    invoice_lines.service_from as first_day_on,
    {{ add_days('invoice_lines.service_to', -1) }} as last_day_on,
    invoice_lines.source_sha256,
    invoice_lines.source_line
from invoice_lines
where
    exists (
        select 1 from {{ ref('int_revenue__related_parties') }} as related
        where
            invoice_lines.center_id = related.center_id
            and invoice_lines.payer_party_id = related.party_id
            and invoice_lines.service_to > related.valid_from
            and invoice_lines.service_from < related.valid_to
    )
union all
select
    'cash_movements' as record_kind,
    movements.movement_id as record_id,
    movements.center_id,
    'purchased' as subject_id,
    movements.booked_on as first_day_on,
    movements.booked_on as last_day_on,
    movements.source_sha256,
    movements.source_line
from movements
inner join consumers
    on
        movements.center_id = consumers.center_id
        and movements.party_id = consumers.consumer_party_id
where movements.movement_kind = 'receipt'
union all
select
    'party_payments' as record_kind,
    payments.payment_id as record_id,
    pairs.center_id,
    'purchased' as subject_id,
    payments.paid_on as first_day_on,
    cast({{ add_days('payments.paid_on', policy_number('related_window_days')) }} as date) as last_day_on,
    payments.source_sha256,
    payments.source_line
from {{ ref('stg_registers__party_payments') }} as payments
inner join pairs
    on
        payments.payer_party_id = pairs.vendor_party_id
        and payments.payee_party_id = pairs.consumer_party_id
