"""Registered figures as the command line hands them out: one row per figure, columns are a public contract."""

from pathlib import Path

import polars as pl

from dashboards import queries

COLUMNS = {
    "figure_id": "figure_id",
    "metric_id": "metric",
    "basis": "basis",
    "center_id": "center_id",
    "period_start": "period_start",
    "period_end": "period_end",
    "lower": "lower",
    "upper": "upper",
    "observed": "observed",
    "withheld_reason": "reason",
    "coverage": "coverage",
    "numerator_lower": "numerator_lower",
    "numerator_upper": "numerator_upper",
    "denominator": "denominator",
    "unit": "unit",
    "as_of_at": "as_of",
    "definition_version": "definition_version",
}
"""Column of the mart -> name in the contract, in the contract's order."""


def figures(
    path: Path, metric: str | None = None, center: str | None = None, period: str | None = None
) -> pl.DataFrame:
    """Figures of one published file, ordered by figure_id; rates are fractions, as_of is UTC, period_end exclusive.

    `center` is a center id, or "ALL" for the portfolio; `period` is "2026-09", "2026-09-30", or one of the grains
    "month", "day", "as_of".
    """
    found = queries.core.figures(path, metric, center, period)
    return found.select(list(COLUMNS)).rename(COLUMNS)
