-- Grain: one row per center, local day, model, tenant, evidence class, sold or not, allocated or not, and lit status.
with cell_days as (
    select * from {{ ref('int_collection__cell_days') }}
)

select
    cell_days.center_id,
    cell_days.local_day,
    cell_days.model_id,
    cell_days.tenant_party_id,
    cell_days.evidence_class,
    cell_days.is_sold,
    cell_days.is_allocated,
    cell_days.lit_status,
    {{ integer_sum('cell_days.card_milliseconds') }} as card_milliseconds,
    {{ integer_sum('cell_days.paid_card_milliseconds') }} as paid_card_milliseconds,
    {{ integer_sum('cell_days.unpaid_card_milliseconds') }} as unpaid_card_milliseconds,
    {{ integer_sum('cell_days.unbilled_card_milliseconds') }} as unbilled_card_milliseconds,
    {{ integer_sum('cell_days.payment_unknown_card_milliseconds') }} as payment_unknown_card_milliseconds,
    {{ integer_sum('cell_days.billed_cny_fen') }} as billed_cny_fen,
    {{ integer_sum('cell_days.received_cny_fen') }} as received_cny_fen
from cell_days
group by
    cell_days.center_id,
    cell_days.local_day,
    cell_days.model_id,
    cell_days.tenant_party_id,
    cell_days.evidence_class,
    cell_days.is_sold,
    cell_days.is_allocated,
    cell_days.lit_status
