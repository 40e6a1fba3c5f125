"""Rows of cash, payback, break-even, stress and reconciliation."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def cash_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month of one center: cash in and out in fen."""
    return read_rows(
        path,
        """select month_start_on, receipt_cny_fen, true_up_cny_fen, subsidy_cny_fen, capex_cny_fen, opex_cny_fen,
            tax_cny_fen, net_operating_cash_cny_fen
        from fct_center_month__cash where center_id = $1 order by month_start_on""",
        center_id,
    )


def reconciliation(path: Path, scope_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per named cell of one center (or ALL) and month: card-milliseconds, share of able time, fen."""
    return read_rows(
        path,
        """select cell_id, card_order, money_order, card_status, money_status, name_zh, name_en, card_milliseconds,
            share_of_racked, amount_cny_fen, racked_card_milliseconds, total_cny_fen
        from fct_center_month__reconciliation
        where scope_id = $1 and month_start_on = $2 order by card_order, money_order""",
        scope_id,
        month_start_on,
    )


def payback(path: Path, center_id: str) -> pl.DataFrame:
    """One row per view, subsidy and flow basis of one center."""
    return read_rows(
        path,
        """select view, subsidy, flow_basis, capex_cny_fen, recovered_cny_fen, recovered_share,
            trailing_monthly_net_cash_cny_fen, elapsed_months, payback_months, payback_reason,
            payback_months_from_commissioning, commissioning_months, discounted_payback_months,
            discounted_payback_reason, npv_cny_fen, irr_rate, irr_reason, discount_rate
        from fct_center__payback where center_id = $1 order by view desc, subsidy desc, flow_basis""",
        center_id,
    )


def projected_cash(path: Path, center_id: str, view: str, subsidy: str) -> pl.DataFrame:
    """One row per flow basis and month: cumulative net cash, realised and then as each basis goes on."""
    return read_rows(
        path,
        """select flow_basis, month_start_on, cumulative_net_cash_cny_fen, is_projected
        from fct_center_month__projected_cash
        where center_id = $1 and view = $2 and subsidy = $3 order by flow_basis, month_start_on""",
        center_id,
        view,
        subsidy,
    )


def cash_band(path: Path, center_id: str, view: str, subsidy: str) -> pl.DataFrame:
    """One row per month ahead: cumulative net cash of a tenth, half and nine tenths of the random futures."""
    return read_rows(
        path,
        """select month_start_on, cumulative_net_cash_p10_cny_fen, cumulative_net_cash_p50_cny_fen,
            cumulative_net_cash_p90_cny_fen
        from fct_center_month__cash_band
        where center_id = $1 and view = $2 and subsidy = $3 order by month_start_on""",
        center_id,
        view,
        subsidy,
    )


def payback_band(path: Path, center_id: str, view: str, subsidy: str) -> pl.DataFrame:
    """At most one row: months until a tenth, half and nine tenths of the futures are paid back, and the seed."""
    return read_rows(
        path,
        """select payback_months_p10, payback_months_p50, payback_months_p90, payback_p10_reason, payback_p50_reason,
            payback_p90_reason, never_share_of_draws, collected_share, draw_count, seed, horizon_months
        from fct_center__payback_band where center_id = $1 and view = $2 and subsidy = $3""",
        center_id,
        view,
        subsidy,
    )


def break_even(path: Path) -> pl.DataFrame:
    """One row per center and threshold, from cash to full cost, with the parts and today's share."""
    return read_rows(
        path,
        """select break_evens.*, dim_center.center_name_zh, dim_center.center_name_en
        from fct_center__break_even as break_evens
        inner join dim_center using (center_id)
        order by center_id, capital_charge_cny_fen, threshold""",
    )


def break_even_frontier(path: Path, center_id: str) -> pl.DataFrame:
    """One row per threshold and racked share of one center: the sold share at which the threshold is met."""
    return read_rows(
        path,
        """select threshold, racked_share_bp, sold_share_of_racked
        from fct_center__break_even_frontier where center_id = $1 order by threshold, racked_share_bp""",
        center_id,
    )


def price_and_sales(path: Path, center_id: str) -> pl.DataFrame:
    """One row per price and sold share of one center: net cash of a year in fen."""
    return read_rows(
        path,
        """select price_bp, sold_share_bp, price_cny_fen_per_card_hour, yearly_cash_cny_fen
        from fct_center__price_and_sales where center_id = $1 order by price_bp, sold_share_bp""",
        center_id,
    )


def stress_scenarios(path: Path, center_id: str) -> pl.DataFrame:
    """One row per scenario of one center: payback, cash of two years, what is lost."""
    return read_rows(
        path,
        """select scenario, lease_count, monthly_cny_fen, first_exit_month, cash_24_months_cny_fen,
            lost_to_horizon_cny_fen, repaid_cny_fen, net_value_cny_fen, payback_months, payback_reason
        from fct_center_scenario__stress where center_id = $1 order by scenario""",
        center_id,
    )


def stress_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per scenario and month ahead of one center: cumulative net cash less capex, in fen."""
    return read_rows(
        path,
        """select scenario, month_ahead, month_index, balance_cny_fen
        from fct_center_scenario_month__stress where center_id = $1 order by scenario, month_ahead""",
        center_id,
    )


def sensitivity(path: Path, center_id: str) -> pl.DataFrame:
    """One row per driver and change of one center: payback then, and as it is."""
    return read_rows(
        path,
        """select driver, change, change_ratio, payback_months, payback_reason, base_payback_months,
            base_payback_reason, difference_months, net_value_cny_fen, net_value_difference_cny_fen
        from fct_center_driver__sensitivity where center_id = $1 order by driver, change""",
        center_id,
    )


def payback_grid(path: Path, center_id: str) -> pl.DataFrame:
    """One row per change of price and of quantity sold of one center: payback, or why there is none."""
    return read_rows(
        path,
        """select price_pct, sold_pct, payback_months, payback_reason
        from fct_center__payback_grid where center_id = $1 order by price_pct, sold_pct""",
        center_id,
    )


def exits(path: Path, center_id: str) -> pl.DataFrame:
    """One row per lease in force of one center that is billed: the earliest its tenant can leave."""
    return read_rows(
        path,
        """select lease_id, tenant_name_zh, tenant_name_en, firmness, ends_on, billed_rank, is_vendor_side,
            monthly_cny_fen, paid_months, penalty_cny_fen
        from fct_lease__exit where center_id = $1 order by billed_rank, lease_id""",
        center_id,
    )
