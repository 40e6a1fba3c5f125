"""Rows of what breaks payback: named scenarios, single changes, the grid of price and sales, and exits."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def named_scenarios(path: Path, center_id: str) -> pl.DataFrame:
    """One row per scenario of one center: payback, cash of two years, what is lost."""
    return read_rows(
        path,
        """select scenario, lease_count, monthly_cny_fen, first_exit_month, cash_24_months_cny_fen,
            lost_to_horizon_cny_fen, repaid_cny_fen, net_value_cny_fen, payback_months, payback_reason
        from fct_center_scenario__stress where center_id = $1 order by scenario""",
        center_id,
    )


def scenario_months(path: Path, center_id: str) -> pl.DataFrame:
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
