-- Grain: one row per commitment and local day, from the signature or the first period to as-of.
with day_states as (
    select * from {{ ref('int_offtake__day_states') }}
)

select
    commitment_id,
    local_day,
    center_id,
    vendor_party_id,
    state,
    state_at_lower,
    state_at_upper,
    state_priority,
    period_no,
    relieved_quantity_milli,
    eligible_so_far_quantity_milli,
    projected_quantity_milli,
    projected_rate,
    rolling_compliance_rate,
    rolling_compliance_rate_upper,
    days_without_take,
    outstanding_cny_fen,
    rule_version
from day_states
