"""Rows of offtake commitments and subsidies."""

from pathlib import Path

import polars as pl

from dashboards.queries.core import largest_centers
from dashboards.queries.reading import read_rows


def subsidy_programmes(path: Path, center_id: str) -> pl.DataFrame:
    """One row per subsidy granted to one center: what was granted, paid and taken back."""
    return read_rows(
        path,
        """select programme_id, subsidy_kind, authority_party_id, authority_name_zh, authority_name_en,
            granted_cny_fen, paid_cny_fen, clawed_back_cny_fen, net_paid_rate_of_granted
        from fct_programme__subsidy where center_id = $1 order by programme_id""",
        center_id,
    )


def subsidy_milestones(path: Path, center_id: str) -> pl.DataFrame:
    """One row per condition of one center's subsidies."""
    return read_rows(
        path,
        """select milestone_id, metric, comparison, threshold_milli, threshold_unit, measure_window, measured_from,
            measured_to, sustained_months, due_on, is_due, declared_state
        from fct_milestone__subsidy where center_id = $1 order by programme_id, due_on, milestone_id""",
        center_id,
    )


def commitments(
    path: Path, center_id: str | None = None, vendor: str | None = None, province: int | None = None
) -> pl.DataFrame:
    """One row per offtake commitment of one center, or of those that a page about all shows, or of one vendor."""
    return read_rows(
        path,
        f"""select commitment_id, center_id, vendor_party_id, vendor_name_zh, vendor_name_en, unit,
            quantity_unit, measured_on, related_take, self_use, sub_lease, related_cap_bp, shortfall_mode, carry_back,
            credit_cap_bp, credit_expiry_periods, availability_floor_bp, due_days, cure_days, buy_back_price_cny_fen,
            acceptance_start_on, acceptance_end_on, acceptance_terms, termination_terms, exclusivity_terms,
            evidence_terms, extended_to_on, open_shortfall_quantity_milli, certain_true_up_cny_fen,
            true_up_due_cny_fen, floor_price_cny_fen, price_escalator_bp, price_escalates_from_on, price_tax_basis,
            price_vat_bp,
            true_up_net_cny_fen, late_interest_bp, late_interest_cny_fen, vendor_capex_cny_fen, vendor_capex_nature,
            vendor_capex_terms, tail_release_event, tail_set_off, tail_set_off_cny_fen,
            signed_on, first_day_on, last_day_on, outstanding_cny_fen, tail_withheld_cny_fen, net_claim_cny_fen,
            state, state_at_lower, state_at_upper, rule_version
        from dim_commitment
        where (center_id = $1 or ($1 is null and center_id in {largest_centers("$3")}))
            and ($2 is null or vendor_party_id = $2)
        order by commitment_id""",
        center_id,
        vendor,
        province,
    )


def commitment_periods(path: Path, commitment_id: str) -> pl.DataFrame:
    """One row per period of one commitment; quantities in thousandths of the commitment's unit, money in fen."""
    return read_rows(
        path,
        """select period_no, period_start_on, period_end_on, period_end_on - 1 as last_day_on, due_on, cure_ends_on,
            is_closed, gross_quantity_milli is not null as is_started,
            amended_day_count, signed_quantity_milli,
            committed_quantity_milli, relieved_quantity_milli, gross_quantity_milli, related_quantity_milli,
            unrelated_quantity_milli,
            unrelated_counted_quantity_milli, refused_sublet_quantity_milli,
            related_counted_quantity_milli, related_not_counted_quantity_milli, not_counted_quantity_milli,
            eligible_quantity_milli, eligible_upper_quantity_milli, eligible_unproven_quantity_milli,
            suspect_quantity_milli, converted_row_count, other_unit_row_count, refused_reason,
            credit_used_quantity_milli, shortfall_quantity_milli, certain_shortfall_quantity_milli,
            filled_quantity_milli, open_shortfall_quantity_milli, floor_price_cny_fen, shortfall_price_cny_fen,
            true_up_due_cny_fen, certain_true_up_cny_fen, true_up_net_cny_fen, late_interest_cny_fen, paid_cny_fen,
            outstanding_cny_fen,
            cumulative_compliance_rate, cumulative_compliance_rate_upper, rolling_compliance_rate,
            rolling_compliance_rate_upper, state_at_as_of, state_at_lower, state_at_upper
        from fct_commitment_period__offtake where commitment_id = $1 order by period_no""",
        commitment_id,
    )


def commitment_states(path: Path, commitment_id: str) -> pl.DataFrame:
    """One row per unbroken run of days in one state: state, first_day_on, day_after_last_on."""
    return read_rows(
        path,
        """with days as (
            select local_day, state, state_at_lower, state_at_upper,
                (state, state_at_lower, state_at_upper)
                is distinct from lag((state, state_at_lower, state_at_upper)) over (order by local_day) as is_change
            from fct_commitment_day__offtake_state where commitment_id = $1
        ),

        runs as (
            select local_day, state, state_at_lower, state_at_upper,
                sum(is_change::integer) over (order by local_day) as run_no
            from days
        )

        select state, state_at_lower, state_at_upper, min(local_day) as first_day_on,
            max(local_day) + 1 as day_after_last_on
        from runs group by run_no, state, state_at_lower, state_at_upper order by run_no""",
        commitment_id,
    )


def commitment_amendments(path: Path, commitment_id: str) -> pl.DataFrame:
    """One row per amendment of one commitment, in the order of their numbers."""
    return read_rows(
        path,
        """select version_no, valid_from, valid_to, committed_unit, committed_quantity_milli, floor_price_cny_fen,
            related_take, self_use, sub_lease, related_cap_bp, credit_cap_bp, credit_expiry_periods,
            availability_floor_bp, due_days, cure_days, late_interest_bp, document
        from dim_commitment__amendment where commitment_id = $1 order by version_no""",
        commitment_id,
    )


def vendor_scorecards(path: Path, vendor: str | None = None) -> pl.DataFrame:
    """One row per vendor that promised offtake, or only one."""
    return read_rows(
        path,
        """select vendor_party_id, vendor_name_zh, vendor_name_en, commitment_count, kept_commitment_count,
            at_risk_commitment_count, late_commitment_count,
            lapsed_commitment_count, undetermined_commitment_count, closed_period_count, filled_period_count,
            paid_in_time_period_count, paid_late_period_count, undetermined_period_count,
            unpaid_period_count, kept_rate_of_closed_periods, kept_rate_of_closed_periods_upper,
            true_up_due_cny_fen, paid_cny_fen, outstanding_cny_fen, padding_pattern_center_count
        from fct_vendor__scorecard where $1 is null or vendor_party_id = $1
        order by kept_rate_of_closed_periods desc nulls last, vendor_party_id""",
        vendor,
    )


def retained_take(path: Path, vendor: str | None = None) -> pl.DataFrame:
    """One row per vendor and month since acceptance, all vendors together first; of one vendor no sum over all."""
    return read_rows(
        path,
        """select vendor_party_id, vendor_name_zh, vendor_name_en, months_since_acceptance, commitments_at_risk,
            commitments_retained, retained_rate_of_at_risk
        from fct_vendor_month__retained_take where $1 is null or vendor_party_id = $1
        order by vendor_party_id <> 'ALL', vendor_party_id, months_since_acceptance""",
        vendor,
    )


def state_changes(path: Path, commitment_id: str) -> pl.DataFrame:
    """One row per change of state of one commitment, the latest first."""
    return read_rows(
        path,
        """select changed_on, previous_state, state, state_at_lower, state_at_upper, cause, period_no, settlement_id,
            rule_version
        from fct_commitment__state_change where commitment_id = $1 order by changed_on desc""",
        commitment_id,
    )
