"""The clock times of logs: the rules a time must keep, and the mark on one that stands for two instants.

Reading the text itself is done by `ingest.instants`, the same for every source.
"""

import polars as pl

from ingest.instants import HAS_OFFSET, parse_instants
from ingest.occupancy.verdicts import Rule, quote
from ingest.reading import Declaration, UnreadableFileError

_CLOCK_ERROR = pl.duration(minutes=5)
"""By how much a sender's clock may run ahead of the receiver's."""


def with_instants(rows: pl.DataFrame, column: str, declaration: Declaration) -> pl.DataFrame:
    """Read the text in `column`; add `instant` (UTC, null where there is none), `time_problem` and `is_ambiguous`.

    `is_ambiguous` marks a time without an offset in the hour that autumn repeats; `instant` is the earlier of its
    two instants. Raises `UnreadableFileError` where the declared zone is unknown.
    """
    time_zone = declaration.time_zone
    try:
        instant, problem = parse_instants(column, time_zone)
        read = rows.with_columns(instant.alias("instant"), problem.alias("time_problem"))
        return read.with_columns(_is_ambiguous(column, time_zone).alias("is_ambiguous"))
    except pl.exceptions.ComputeError as error:
        message = f"The declared time zone {time_zone!r} is unknown; declare an IANA name such as Asia/Shanghai."
        raise UnreadableFileError("UNKNOWN_TIME_ZONE", message) from error


def time_rules(column: str, declaration: Declaration) -> list[Rule]:
    """The text is a time, its zone is known, clocks did show it, and it is past; for rows of `with_instants`."""
    codes = ("NOT_AN_INSTANT", "TIME_WITHOUT_ZONE", "TIME_DOES_NOT_EXIST")
    readable = [Rule(code, pl.col("time_problem") == code, quote(column)) for code in codes]
    return [*readable, *past_rules("instant", column, declaration)]


def past_rules(instant_column: str, shown_column: str, declaration: Declaration) -> list[Rule]:
    """What a log tells has happened before the log was received; nothing to check where that is not declared."""
    if declaration.received_at is None:
        return []
    is_future = pl.col(instant_column) > pl.lit(declaration.received_at) + _CLOCK_ERROR
    return [Rule("TIME_IN_FUTURE", is_future, quote(shown_column))]


def _is_ambiguous(column: str, time_zone: str | None) -> pl.Expr:
    if time_zone is None:
        return pl.lit(False)
    clock_time = pl.col("instant").dt.convert_time_zone(time_zone).dt.replace_time_zone(None)
    latest = clock_time.dt.replace_time_zone(time_zone, ambiguous="latest", non_existent="null")
    is_repeated = latest.dt.convert_time_zone("UTC") != pl.col("instant")
    return (is_repeated & ~pl.col(column).str.contains(HAS_OFFSET)).fill_null(False)
