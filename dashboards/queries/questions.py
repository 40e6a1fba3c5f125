"""Rows that answer a reader's question in one sentence where no chart asks for the same rows."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.queries.reading import read_rows


def revenue_quality(path: Path, center_id: str, before_on: date) -> pl.DataFrame:
    """The last month that began before a day and has an invoice: billed, collected, quality-adjusted."""
    return read_rows(
        path,
        """select month_start_on, billed_net_cny_fen, collected_rate_of_billed, quality_adjusted_rate_of_billed,
            quality_basis
        from fct_center_month__revenue_quality
        where center_id = $1 and month_start_on < $2 and billed_net_cny_fen <> 0
        order by month_start_on desc limit 1""",
        center_id,
        before_on,
    )


def largest_driver(path: Path, center_id: str) -> pl.DataFrame:
    """The change of one driver that moves most: payback where there is one, else the net value.

    A change that puts payback out of reach moves it more than any number of months.
    """
    return read_rows(
        path,
        """select driver, change, change_ratio, payback_months, payback_reason, base_payback_months,
            base_payback_reason, net_value_difference_cny_fen
        from fct_center_driver__sensitivity
        where center_id = $1 and net_value_difference_cny_fen is not null
        order by base_payback_months is not null and payback_months is null desc,
            abs(difference_months) desc nulls last, abs(net_value_difference_cny_fen) desc, driver, change
        limit 1""",
        center_id,
    )


def undecided(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row: how many conditions and claims of a center are undetermined, and the coverage of a month."""
    return read_rows(
        path,
        """select
            (select count(*) from fct_milestone__earned where center_id = $1 and is_due) as due_milestones,
            (
                select count(*) from fct_milestone__earned
                where center_id = $1 and is_due and verdict = 'undetermined'
            ) as undetermined_milestones,
            (select count(*) from fct_claim__verdict where center_id = $1) as claims,
            (
                select count(*) from fct_claim__verdict where center_id = $1 and verdict = 'undetermined'
            ) as undetermined_claims,
            (
                select coverage_of_racked from fct_center_month__utilization
                where center_id = $1 and month_start_on = $2
            ) as coverage""",
        center_id,
        month_start_on,
    )


def trail_size(path: Path, center_id: str) -> pl.DataFrame:
    """One row: the registered figures of a center, and the files whose rows the warehouse was built from."""
    return read_rows(
        path,
        """select (select count(*) from fct_figure where center_id = $1) as figures,
            (select count(*) from fct_file__intake) as files""",
        center_id,
    )
