-- Grain: one row per commitment; the row in force as of the build.
with newest as (
    select source_rows.*
    from {{ source('raw', 'offtake_commitments') }} as source_rows
    inner join {{ source('raw', 'build') }} as build
        on source_rows.recorded_at <= build.as_of_at
    qualify {{ newest_row_per(['commitment_id']) }} = 1
)

select
    newest.commitment_id,
    newest.center_id,
    newest.vendor_party_id,
    newest.unit,
    newest.measured_on,
    newest.end_kind,
    newest.related_take,
    newest.self_use,
    newest.sub_lease,
    newest.shortfall_mode,
    newest.carry_back,
    newest.floor_price_cny_fen,
    newest.buy_back_price_cny_fen,
    newest.related_cap_bp,
    newest.credit_cap_bp,
    newest.credit_expiry_periods,
    newest.availability_floor_bp,
    newest.due_days,
    newest.cure_days,
    newest.tail_withheld_cny_fen,
    newest.price_escalator_bp,
    newest.price_escalates_from_on,
    newest.price_tax_basis,
    newest.price_vat_bp,
    newest.late_interest_bp,
    newest.vendor_capex_terms,
    newest.tail_release_event,
    newest.tail_set_off,
    newest.acceptance_terms,
    newest.termination_terms,
    newest.exclusivity_terms,
    newest.evidence_terms,
    newest.revision,
    newest.signed_on,
    newest.acceptance_start_on,
    newest.acceptance_end_on,
    newest.ended_on,
    newest.source_sha256,
    newest.source_line,
    newest.recorded_at
from newest
where {{ of_a_known_center('newest') }}
