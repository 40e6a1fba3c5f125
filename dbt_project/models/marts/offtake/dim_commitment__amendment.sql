-- Grain: one row per commitment and amendment of its terms; what it does not name stays as it was.
select
    amendments.commitment_id,
    amendments.version_no,
    terms.center_id,
    amendments.valid_from,
    amendments.valid_to,
    terms.quantity_unit,
    terms.unit as committed_unit,
    amendments.committed_quantity_milli,
    amendments.floor_price_cny_fen,
    amendments.related_take,
    amendments.self_use,
    amendments.sub_lease,
    amendments.related_cap_bp,
    amendments.credit_cap_bp,
    amendments.credit_expiry_periods,
    amendments.availability_floor_bp,
    amendments.due_days,
    amendments.cure_days,
    amendments.late_interest_bp,
    amendments.document
from {{ ref('stg_registers__offtake_amendments') }} as amendments
inner join {{ ref('int_offtake__commitment_terms') }} as terms
    on amendments.commitment_id = terms.commitment_id
