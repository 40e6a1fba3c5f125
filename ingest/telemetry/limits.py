"""What a reading may be: numbers that mean "not measured" become null, impossible values and times have a reason."""

from datetime import datetime

import polars as pl

PERCENT_COLUMNS = ("utilization_pct", "compute_active_pct", "sm_active_pct", "tensor_active_pct", "dram_active_pct")
HIGHEST_POWER_W = 3_000
"""No accelerator card draws more."""

HIGHEST_MEMORY_BYTES = 1 << 50
EARLIEST_MS = 1_420_070_400_000
"""2015-01-01 UTC: an earlier time is a wrong unit (seconds where milliseconds belong) or a clock that was never set."""

LOWEST_TEMPERATURE_C, HIGHEST_TEMPERATURE_C = 5, 110
"""A sensor that says otherwise is broken, or its number is a code."""

FUTURE_TOLERANCE_MS = 300_000


def measured(value: pl.Expr, no_reading: tuple[float, ...], no_reading_from: float) -> pl.Expr:
    """The value, or null where it is not finite or one of the numbers that exporters print for "no reading"."""
    is_reading = value.is_finite() & ~value.is_in(no_reading) & (value < no_reading_from)
    return pl.when(is_reading).then(value)


def value_problem(column: str, value: pl.Expr) -> pl.Expr:
    """Reason code of a measured value that cannot be, null for a possible or unknown one."""
    if column in PERCENT_COLUMNS:
        return pl.when(~value.is_between(0, 100)).then(pl.lit("UTILIZATION_OUT_OF_RANGE"))
    if column == "power_w":
        return pl.when(~value.is_between(0, HIGHEST_POWER_W)).then(pl.lit("POWER_OUT_OF_RANGE"))
    if column == "temperature_c":
        is_possible = value.is_between(LOWEST_TEMPERATURE_C, HIGHEST_TEMPERATURE_C)
        return pl.when(~is_possible).then(pl.lit("OUT_OF_RANGE"))
    return pl.when(~value.is_between(0, HIGHEST_MEMORY_BYTES)).then(pl.lit("OUT_OF_RANGE"))


def time_problem(sampled_at_ms: pl.Expr, received_at: datetime | None) -> pl.Expr:
    """Reason code of a sample's time, null for a possible one; without a time of receipt nothing is in the future."""
    problem = pl.when(sampled_at_ms.is_null()).then(pl.lit("NO_TIMESTAMP"))
    problem = problem.when(sampled_at_ms < EARLIEST_MS).then(pl.lit("TIME_TOO_EARLY"))
    if received_at is not None:
        problem = problem.when(sampled_at_ms > latest_ms(received_at)).then(pl.lit("TIME_IN_FUTURE"))
    return problem.otherwise(pl.lit(None, dtype=pl.String))


def latest_ms(received_at: datetime) -> int:
    """The latest time that a sample can have which was received at an instant."""
    return int(received_at.timestamp() * 1_000) + FUTURE_TOLERANCE_MS
