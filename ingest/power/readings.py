"""Power readings of whatever a controller or meter speaks for, and the rules that they must keep.

A report of power in the lake names a card; these sources know servers and outlets only, and which cards are behind
them is not in their files. So these rows are no record: no reader gives these formats to the lake.
"""

from typing import NamedTuple

import polars as pl

from ingest.instants import parse_instants
from ingest.occupancy.verdicts import Rule, judge, quote
from ingest.reading import QUARANTINE_SCHEMA, Declaration, UnreadableFileError
from ingest.telemetry.limits import time_problem

POWER_READING_SCHEMA: dict[str, pl.DataType] = {
    "center_id": pl.String(),
    "server_id": pl.String(),
    "subject": pl.String(),
    "power_source": pl.String(),
    "reported_at": pl.Datetime("us", "UTC"),
    "is_powered": pl.Boolean(),
    "power_w": pl.Float64(),
    "energy_wh": pl.Int64(),
    "source_line": pl.Int64(),
}
"""One row per thing told of a subject at an instant.

`subject` is what was measured, in the words of the source: a path inside one controller, which other controllers use
too, or `chassis`. `server_id` is null where the file does not name the server. `energy_wh` is a meter's running total.
Null means that nothing was said, never zero.
"""

TOLD_SCHEMA: dict[str, pl.DataType] = {
    "server_id": pl.String(),
    "subject": pl.String(),
    "power_source": pl.String(),
    "reported_at_text": pl.String(),
    "is_powered_text": pl.String(),
    "power_w_text": pl.String(),
    "energy_kwh_text": pl.String(),
    "source_line": pl.Int64(),
    "raw_text": pl.String(),
}
"""The same as the source tells it, values as text; no time means the declared time of observation."""

HIGHEST_POWER_W = 1_000_000
"""No server, rack or outlet draws more: a higher value is a wrong unit."""

_NUMBER = r"^[+-]?\d+(\.\d*)?([eE][+-]?\d{1,2})?$"
_NO_READING = ("", "nan", "null", "none", "n/a")


class PowerReadings(NamedTuple):
    """`readings` has `POWER_READING_SCHEMA`; `rows_in` is its height, the noticed rows and the quarantine together."""

    rows_in: int
    readings: pl.DataFrame
    quarantined: pl.DataFrame
    notices: dict[str, int]


def judged_readings(told: pl.DataFrame, declaration: Declaration, notices: dict[str, int]) -> PowerReadings:
    """Part rows of `TOLD_SCHEMA` into typed readings and quarantine; `notices` counts rows that were left out before.

    Raises:
        UnreadableFileError: the declared time zone is unknown.
    """
    values = [f"{name}_text" for name in ("is_powered", "power_w", "energy_kwh")]
    told = told.with_columns(
        pl.when(~pl.col(name).str.strip_chars().str.to_lowercase().is_in(_NO_READING)).then(
            pl.col(name).str.strip_chars()
        )
        for name in values
    )
    try:
        instant, time_code = parse_instants("reported_at_text", declaration.time_zone)
        is_timed = pl.col("reported_at_text").is_not_null()
        observed = pl.lit(declaration.observed_at).cast(pl.Datetime("us", "UTC"))
        typed = told.with_columns(
            pl.lit(declaration.center_id, pl.String).alias("center_id"),
            pl.when(is_timed).then(instant).otherwise(observed).alias("reported_at"),
            time_code.alias("time_problem"),
            _number("power_w_text").alias("power_w"),
            (_number("energy_kwh_text") * 1_000).round().cast(pl.Int64, strict=False).alias("energy_wh"),
            (_number("is_powered_text") == 1).alias("is_powered"),
        )
    except pl.exceptions.ComputeError as error:
        message = f"The declared time zone {declaration.time_zone!r} is unknown; declare one such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message) from error
    judged = judge(typed, _rules(values, declaration))
    is_good = pl.col("reason_code").is_null()
    return PowerReadings(
        rows_in=judged.height + sum(notices.values()),
        readings=judged.filter(is_good).select(pl.col(n).cast(kind) for n, kind in POWER_READING_SCHEMA.items()),
        quarantined=judged.filter(~is_good).select(pl.col(n).cast(kind) for n, kind in QUARANTINE_SCHEMA.items()),
        notices={name: count for name, count in notices.items() if count},
    )


def _number(name: str) -> pl.Expr:
    return pl.when(pl.col(name).str.contains(_NUMBER)).then(pl.col(name).cast(pl.Float64, strict=False))


def _rules(values: list[str], declaration: Declaration) -> list[Rule]:
    """What sets a row aside, in order of precedence."""
    shown_time = pl.format("time={}", pl.col("reported_at_text").fill_null("(none)"))
    problem = time_problem(pl.col("reported_at").dt.epoch("ms"), declaration.received_at)
    unreadable = ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST")
    return [
        Rule("NO_CENTER", pl.col("center_id").is_null(), pl.lit("center_id")),
        *(Rule(code, pl.col("time_problem") == code, shown_time) for code in unreadable),
        *(Rule(code, problem == code, shown_time) for code in ("NO_TIMESTAMP", "TIME_TOO_EARLY", "TIME_IN_FUTURE")),
        *(Rule("NOT_A_NUMBER", pl.col(name).is_not_null() & _number(name).is_null(), quote(name)) for name in values),
        Rule("POWER_OUT_OF_RANGE", ~pl.col("power_w").is_between(0, HIGHEST_POWER_W), quote("power_w_text")),
        Rule("OUT_OF_RANGE", pl.col("energy_wh") < 0, quote("energy_kwh_text")),
        Rule("OUT_OF_RANGE", ~_number("is_powered_text").is_in([0.0, 1.0]), quote("is_powered_text")),
    ]
