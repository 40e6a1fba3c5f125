"""Short read-only connections to one published file."""

from pathlib import Path

import duckdb
import polars as pl


def read_rows(path: Path | str, sql: str, *parameters: object) -> pl.DataFrame:
    """Result of one query with positional parameters on a short read-only connection."""
    with duckdb.connect(str(path), read_only=True) as connection:
        # Without this a missing extension costs an attempt to reach the network.
        connection.execute("set autoinstall_known_extensions = false; set TimeZone = 'UTC'")
        return connection.execute(sql, list(parameters)).pl()


def read(path: Path | str, sql: str, parameters: dict[str, object]) -> pl.DataFrame:
    """Result of one query with named parameters on a short read-only connection, for the modules that hold more SQL."""
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set autoinstall_known_extensions = false; set TimeZone = 'UTC'")
        return connection.execute(sql, parameters).pl()
