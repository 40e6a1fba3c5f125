"""What other definitions answer, as the command line hands it out: columns are a public contract."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards import queries

READING_COLUMNS = (
    "center_id",
    "month_start_on",
    "reading_id",
    "name_en",
    "answer_lower",
    "answer_upper",
    "our_lower",
    "our_upper",
    "gap_lower",
    "numerator_lower",
    "numerator_upper",
    "denominator",
    "how_en",
)
CAUSE_COLUMNS = (
    "center_id",
    "month_start_on",
    "reading_id",
    "class_id",
    "side",
    "cause_en",
    "amount_change",
    "contribution",
)


def readings(path: Path, center_id: str, month_start_on: date) -> pl.DataFrame:
    """One row per reading of one center and month, in the order they are shown; answers are fractions."""
    return queries.utilization.readings(path, center_id, month_start_on).select(READING_COLUMNS)


def causes(path: Path, center_id: str, month_start_on: date, reading_id: str) -> pl.DataFrame:
    """One row per cause of the gap of one reading; contributions are fractions that add up to `gap_lower`."""
    return queries.utilization.reading_gap(path, center_id, month_start_on, reading_id).select(CAUSE_COLUMNS)
