-- Grain: one row per subsidy and account within which earned is set against paid.
select
    settlements.programme_id,
    settlements.account_id,
    settlements.center_id,
    settlements.valid_from,
    settlements.covered_to,
    settlements.is_assigned,
    settlements.due_milestone_count,
    settlements.earned_cny_fen_lower,
    settlements.earned_cny_fen_upper,
    settlements.open_cny_fen,
    settlements.open_cny_fen_upper,
    settlements.net_paid_cny_fen,
    settlements.clawback_cny_fen_if_lower,
    settlements.clawback_cny_fen_if_upper,
    settlements.interest_cny_fen_if_lower,
    settlements.interest_cny_fen_if_upper,
    settlements.fine_low_cny_fen,
    settlements.fine_high_cny_fen,
    settlements.exposure_cny_fen_lower,
    settlements.exposure_cny_fen_upper
from {{ ref('int_subsidy__account_settlements') }} as settlements
