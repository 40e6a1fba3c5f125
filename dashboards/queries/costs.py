"""Rows of what building and running a center costs."""

from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def capex_categories(path: Path, center_id: str) -> pl.DataFrame:
    """One row per category of capex of one center, the largest first."""
    return read_rows(
        path,
        """select capex_category, net_cny_fen, gross_cny_fen, share_of_capex, ratio_to_servers
        from fct_center_category__capex where center_id = $1 order by gross_cny_fen desc, capex_category""",
        center_id,
    )


def capex(path: Path, center_id: str) -> pl.DataFrame:
    """At most one row: capex of one center, who shares in it, what was paid, and what a PFLOPS of plan costs."""
    return read_rows(
        path,
        """select net_cny_fen, gross_cny_fen, contributed_cny_fen, loan_cny_fen, grant_cny_fen, owner_outlay_cny_fen,
            paid_cny_fen, gross_cny_per_planned_pflops, network_ratio_to_servers, unresolved_line_count
        from fct_center__capex where center_id = $1""",
        center_id,
    )


def opex_months(path: Path, center_id: str) -> pl.DataFrame:
    """One row per complete month and category of running cost of one center, net of tax."""
    return read_rows(
        path,
        """select month_start_on, opex_category, cost_basis, net_lower_cny_fen, net_upper_cny_fen
        from fct_center_month__opex where center_id = $1 order by month_start_on, opex_category""",
        center_id,
    )


def unit_costs(path: Path, center_id: str) -> pl.DataFrame:
    """One row per complete month of one center: running cost and power per lit card-hour and PFLOPS-hour."""
    return read_rows(
        path,
        """select month_start_on, opex_lower_cny_fen, opex_upper_cny_fen, power_lower_cny_fen, power_upper_cny_fen,
            energy_basis, pue, facility_wh_lower, facility_wh_upper, power_cny_per_lit_card_hour_lower,
            power_cny_per_lit_card_hour_upper, power_cny_per_lit_pflops_hour_lower,
            power_cny_per_lit_pflops_hour_upper, opex_cny_per_lit_card_hour_lower, opex_cny_per_lit_card_hour_upper
        from fct_center_month__unit_cost where center_id = $1 order by month_start_on""",
        center_id,
    )


def energy_cost(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month and tariff period of one center: energy and its charge, net of tax, in two bounds."""
    return read_rows(
        path,
        """select month_start_on, tariff_period, is_metered, is_pue_measured, pue, facility_wh_lower,
            facility_wh_upper, cost_lower_cny_fen, cost_upper_cny_fen
        from fct_center_month__energy_cost where center_id = $1 order by month_start_on, tariff_period""",
        center_id,
    )


def explained_use(path: Path, center_id: str) -> pl.DataFrame:
    """One row per month with its energy known: lit card time beside what that energy can explain."""
    return read_rows(
        path,
        """select month_start_on, energy_scope, energy_wh, energy_above_rest_wh, card_seconds, lit_card_seconds_lower,
            lit_card_seconds_upper, full_load_card_seconds, lit_card_seconds_at_most, explained_verdict
        from fct_center_month__explained_use where center_id = $1 order by month_start_on""",
        center_id,
    )
