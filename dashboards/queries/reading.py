"""Short read-only connections to one published file, from which nothing else can be reached."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import polars.selectors as cs

_SETTINGS = {
    "enable_external_access": "false",
    # Without this a missing extension costs an attempt to reach the network.
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
    # Of a machine that serves many readers; without it one process takes four fifths of the memory there is.
    "memory_limit": "3GB",
}


@contextmanager
def opened(path: Path | str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read this file alone: no other file, no network, no extension, no change of settings.

    The settings are given on opening: connections of one process to one file share them, so a later one cannot set any.
    """
    with duckdb.connect(str(path), read_only=True, config=_SETTINGS) as connection:
        yield connection


def held_open(path: Path | str) -> duckdb.DuckDBPyConnection:
    """A connection to keep: while it is open, others of this process to the same file cost next to nothing.

    Opening reads the list of all tables, which takes longer than most queries. Only for files that never change.
    """
    return duckdb.connect(str(path), read_only=True, config=_SETTINGS)


def _in_utc(rows: pl.DataFrame) -> pl.DataFrame:
    """Instants in UTC, whatever the time zone of the machine."""
    return rows.with_columns(cs.datetime(time_zone="*").dt.convert_time_zone("UTC"))


def read_rows(path: Path | str, sql: str, *parameters: object) -> pl.DataFrame:
    """Result of one query with positional parameters on a short read-only connection."""
    with opened(path) as connection:
        return _in_utc(connection.execute(sql, list(parameters)).pl())


def read(path: Path | str, sql: str, parameters: dict[str, object]) -> pl.DataFrame:
    """Result of one query with named parameters on a short read-only connection, for the modules that hold more SQL."""
    with opened(path) as connection:
        return _in_utc(connection.execute(sql, parameters).pl())
