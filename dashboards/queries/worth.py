"""Rows of what dark card time costs and of what the cards are worth."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def dark_loss(path: Path, scope_id: str, month_start_on: date, price_basis: str) -> pl.DataFrame:
    """At most one row: value of the plan of one center (or ALL) and month, and what of it was lost, in fen."""
    return read_rows(
        path,
        """select day_count, planned_card_seconds, unpriced_card_seconds, plan_value_cny_fen, working_cny_fen,
            paid_by_tenant_cny_fen, lost_cny_fen_lower, lost_cny_fen_upper, lost_per_day_cny_fen_lower,
            lost_per_day_cny_fen_upper, lost_share_of_plan_value_lower, lost_share_of_plan_value_upper, price_reason
        from fct_scope_month__dark_loss
        where scope_id = $1 and month_start_on = $2 and price_basis = $3""",
        scope_id,
        month_start_on,
        price_basis,
    )


def dark_causes(path: Path, scope_id: str, month_start_on: date, price_basis: str) -> pl.DataFrame:
    """One row per cause of one center (or ALL) and month: card-seconds, fen, fen a day, share of the plan's value."""
    return read_rows(
        path,
        """select cause_id, cause_order, loss_kind, cause_name_zh, cause_name_en, planned_card_seconds,
            unpriced_card_seconds, value_cny_fen, value_per_day_cny_fen, share_of_plan_value
        from fct_scope_period__dark_cost
        where period_grain = 'month' and scope_id = $1 and period_start_on = $2 and price_basis = $3
        order by cause_order""",
        scope_id,
        month_start_on,
        price_basis,
    )


def dark_days(path: Path, scope_id: str, month_start_on: date, month_end_on: date, price_basis: str) -> pl.DataFrame:
    """One row per local day of the month and cause of one center (or ALL): fen."""
    return read_rows(
        path,
        """select period_start_on, cause_id, cause_order, loss_kind, cause_name_zh, cause_name_en, value_cny_fen
        from fct_scope_period__dark_cost
        where period_grain = 'day' and scope_id = $1 and period_start_on >= $2 and period_start_on < $3
            and price_basis = $4
        order by cause_order, period_start_on""",
        scope_id,
        month_start_on,
        month_end_on,
        price_basis,
    )


def network_premium(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """At most one row: what InfiniBand cost above another network, and what of it was not earned, in fen."""
    return read_rows(
        path,
        """select premium_cny_fen, premium_per_day_cny_fen, not_earned_per_day_cny_fen, not_earned_rate_of_premium
        from fct_center_month__network_premium where center_id = $1 and month_start_on = $2""",
        center_id,
        month_start_on,
    )


def iron(path: Path, center_id: str, model_id: str | None = None) -> pl.DataFrame:
    """One row per model of one center: book, market, liquidation and lease value in fen, the costliest first."""
    return read_rows(
        path,
        """select model_id, model_name, card_count, age_months, cost_cny_fen, book_value_cny_fen, market_value_cny_fen,
            market_value_basis, liquidation_value_cny_fen, monthly_margin_cny_fen, lease_value_cny_fen, value_reason,
            better_use, discount_rate
        from fct_center_model__iron_value where center_id = $1 and ($2 is null or model_id = $2)
        order by cost_cny_fen desc nulls last, model_id""",
        center_id,
        model_id,
    )


def prices_by_pflops_basis(path: Path, center_id: str) -> pl.DataFrame:
    """One row per basis of PFLOPS of one center: what a PFLOPS brought in a year, in fen."""
    return read_rows(
        path,
        """select pflops_basis, pflops_flag, ratio_of_dense, month_count, billed_net_cny_fen, pflops_years,
            billed_cny_fen_per_pflops_year
        from fct_center__implied_price where center_id = $1 order by pflops_basis desc""",
        center_id,
    )
