"""From what controllers and meters tell, as text, to `power_readings`, with the rules that every reading must keep.

A reading is of a server, a part of one, an outlet strip, a cabinet or a site, never of a card. Which cards a server
holds is in the inventory, not here.
"""

from pathlib import Path

import polars as pl

from ingest.instants import parse_instants
from ingest.occupancy.verdicts import Rule, as_reading, declared_center, judge, quote, set_repeats_aside
from ingest.reading import Declaration, Reading, UnreadableFileError
from ingest.records.energy import POWER_READINGS
from ingest.telemetry.limits import time_problem

TOLD_SCHEMA: dict[str, pl.DataType] = {
    "meter_id": pl.String(),
    "meter_scope": pl.String(),
    "server_id": pl.String(),
    "cabinet_id": pl.String(),
    "source_method": pl.String(),
    "read_at_text": pl.String(),
    "is_powered_text": pl.String(),
    "power_w_text": pl.String(),
    "total_kwh_text": pl.String(),
    "source_line": pl.Int64(),
    "raw_text": pl.String(),
}
"""One row per thing told of a meter; no time is the declared time of observation, no `meter_id` is unknown."""

HIGHEST_POWER_W = 1_000_000
"""No server, cabinet or outlet strip draws more: a higher value is a wrong unit."""

NO_VALUE = "readings without a value"
_VALUES = ("is_powered_text", "power_w_text", "total_kwh_text")
_KEPT = ("is_powered", "power_w_milli", "total_wh")
_NUMBER = r"^[+-]?\d{1,15}(\.\d*)?([eE][+-]?\d{1,2})?$"
_NO_READING = ("", "nan", "null", "none", "n/a", "-", "--")


def power_reading(
    format_name: str,
    told: pl.DataFrame,
    declaration: Declaration,
    source_sha256: str,
    path: Path,
    notices: dict[str, int] | None = None,
) -> Reading:
    """Part rows of `TOLD_SCHEMA` into `power_readings` and quarantine; `notices` counts rows that were left out before.

    What is told of one meter at one instant in several rows, such as its state and its draw, becomes one record. A
    row whose value is empty or no reading says nothing: it is counted and makes no record, since silence is not zero.

    Raises:
        UnreadableFileError: no center or an unknown zone is declared.
    """
    center_id = declared_center(declaration, path)
    typed = _typed(told, declaration).with_columns(
        pl.concat_str(*(pl.col(name).is_not_null().cast(pl.Int8) for name in _VALUES)).alias("told_values")
    )
    judged = judge(typed, _rules(declaration))
    says_nothing = pl.col("reason_code").is_null() & pl.all_horizontal(pl.col(name).is_null() for name in _VALUES)
    silent, judged = judged.filter(says_nothing), judged.filter(~says_nothing)
    key = ["meter_id", "read_at", "source_method", "told_values"]
    judged = set_repeats_aside(judged, key=key, content=[*key, *_KEPT])
    is_good = pl.col("reason_code").is_null()
    merged = (
        judged.filter(is_good)
        .group_by("meter_id", "read_at", "source_method", maintain_order=True)
        .agg(
            pl.col("meter_scope", "server_id", "cabinet_id").drop_nulls().first(),
            pl.col(*_KEPT).drop_nulls().first(),
            pl.col("source_line").min(),
            pl.col("raw_text", "reason_code", "detail").first(),
        )
        .sort("source_line")
    )
    parts = pl.concat([merged, judged.filter(~is_good).select(merged.columns)])
    nothing = {"started_at": pl.Datetime("us", "UTC"), "energy_wh": pl.Int64()}
    parts = parts.with_columns(pl.lit(None, kind).alias(name) for name, kind in nothing.items())
    reading = as_reading(format_name, POWER_READINGS, parts, center_id, source_sha256)
    counted = {name: count for name, count in ((notices or {}) | {NO_VALUE: silent.height}).items() if count}
    left_out = sum(counted.values())
    return Reading(
        format_name=format_name,
        rows_in=judged.height + left_out,
        rows_accepted=judged.height - reading.quarantined.height + left_out,
        records=reading.records,
        quarantined=reading.quarantined,
        notices=counted,
    )


def _typed(told: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    told = told.with_columns(pl.col(name).str.strip_chars() for name in _VALUES)
    told = told.with_columns(
        pl.when(~pl.col(name).str.to_lowercase().is_in(_NO_READING)).then(pl.col(name)).alias(name) for name in _VALUES
    )
    try:
        instant, time_code = parse_instants("read_at_text", declaration.time_zone)
        is_timed = pl.col("read_at_text").is_not_null()
        observed = pl.lit(declaration.observed_at).cast(pl.Datetime("us", "UTC"))
        return told.with_columns(
            pl.when(is_timed).then(instant).otherwise(observed).alias("read_at"),
            time_code.alias("time_problem"),
            _number("power_w_text").alias("power_w"),
            _integer(_number("power_w_text") * 1_000).alias("power_w_milli"),
            _integer(_number("total_kwh_text") * 1_000).alias("total_wh"),
            (_number("is_powered_text") == 1).alias("is_powered"),
        )
    except pl.exceptions.ComputeError as error:
        message = f"The declared time zone {declaration.time_zone!r} is unknown; declare one such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message) from error


def _number(name: str) -> pl.Expr:
    return pl.when(pl.col(name).str.contains(_NUMBER)).then(pl.col(name).cast(pl.Float64, strict=False))


def _integer(value: pl.Expr) -> pl.Expr:
    return value.round().cast(pl.Int64, strict=False)


def _rules(declaration: Declaration) -> list[Rule]:
    """What sets a row aside, in order of precedence."""
    shown_time = pl.format("time={}", pl.col("read_at_text").fill_null("(none)"))
    problem = time_problem(pl.col("read_at").dt.epoch("ms"), declaration.received_at)
    unreadable = ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST")
    return [
        *(Rule(code, pl.col("time_problem") == code, shown_time) for code in unreadable),
        *(Rule(code, problem == code, shown_time) for code in ("NO_TIMESTAMP", "TIME_TOO_EARLY", "TIME_IN_FUTURE")),
        *(Rule("NOT_A_NUMBER", pl.col(name).is_not_null() & _number(name).is_null(), quote(name)) for name in _VALUES),
        Rule("POWER_OUT_OF_RANGE", ~pl.col("power_w").is_between(0, HIGHEST_POWER_W), quote("power_w_text")),
        Rule("OUT_OF_RANGE", _number("total_kwh_text") < 0, quote("total_kwh_text")),
        Rule("OUT_OF_RANGE", ~_number("is_powered_text").is_in([0.0, 1.0]), quote("is_powered_text")),
        Rule("NO_METER_IDENTITY", pl.col("meter_id").is_null(), pl.lit("declare server_id or cabinet_id")),
    ]
