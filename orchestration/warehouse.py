"""The raw schema of a new warehouse file: one table per record kind, as the manifest and the lake have them.

dbt builds everything else on top. Nothing here knows a metric.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import duckdb
import polars as pl

from ingest.lake import day_sources_path, hour_traits_path
from ingest.paths import DataDir
from ingest.raw_checks import FILE_FAULT_SCHEMA, file_faults
from ingest.records import RECORD_KINDS, RecordKind
from ingest.sequences import MISSING_SCHEMA, missing_deliveries
from ingest.state.chains import CHAIN_FAULT_SCHEMA, chain_faults
from ingest.state.store import FILES_FRAME, StateStore
from ingest.telemetry.schema import DEVICE_HOUR_SCHEMA, SAMPLE_HOUR_SCHEMA
from ingest.telemetry.sources import DAY_SOURCE_SCHEMA
from ingest.telemetry.traits import HOUR_TRAIT_SCHEMA
from orchestration.as_of import StateStoreAsOf
from orchestration.code_version import code_version
from orchestration.errors import BuildError
from orchestration.gate import OUTCOME_SCHEMA, judged, outcome_rows

RECORD_EXTRAS: dict[str, pl.DataType] = {"recorded_at": pl.Datetime("us", "UTC"), "content_hash": pl.String()}
"""Of every record: when its file was received, and a hash of what the row says, whatever its revision and source."""


QUARANTINE_TABLE_SCHEMA: dict[str, pl.DataType] = {
    "source_sha256": pl.String(),
    "source_line": pl.Int64(),
    "raw_text": pl.String(),
    "reason_code": pl.String(),
    "detail": pl.String(),
    "recorded_at": pl.Datetime("us", "UTC"),
}
DEVICES_SCHEMA: dict[str, pl.DataType] = {"device_key": pl.Int64(), "device_uid": pl.String()}
LAKE_ROWS_SCHEMA: dict[str, pl.DataType] = {
    "source_sha256": pl.String(),
    "record_kind": pl.String(),
    "row_count": pl.Int64(),
}
BUILD_SCHEMA: dict[str, pl.DataType] = {
    "as_of_at": pl.Datetime("us", "UTC"),
    "code_version": pl.String(),
    "input_hash": pl.String(),
}

RAW_TABLES: dict[str, dict[str, pl.DataType]] = {
    **{name: kind.lake_schema | RECORD_EXTRAS for name, kind in RECORD_KINDS.items()},
    "device_hours": DEVICE_HOUR_SCHEMA,
    "device_day_sources": DAY_SOURCE_SCHEMA,
    "device_hour_traits": HOUR_TRAIT_SCHEMA,
    "devices": DEVICES_SCHEMA,
    "sample_hours": SAMPLE_HOUR_SCHEMA,
    "files": FILES_FRAME,
    "file_faults": FILE_FAULT_SCHEMA,
    "chain_faults": CHAIN_FAULT_SCHEMA,
    "lake_rows": LAKE_ROWS_SCHEMA,
    "missing_deliveries": MISSING_SCHEMA,
    "expectations": OUTCOME_SCHEMA,
    "quarantine": QUARANTINE_TABLE_SCHEMA,
    "build": BUILD_SCHEMA,
}


def create_empty_raw(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every raw table without rows, so that dbt can parse, test and build on nothing."""
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("create schema if not exists raw")
    for name, schema in RAW_TABLES.items():
        empty = pl.DataFrame(schema=schema)  # noqa: F841 - read by DuckDB by its name
        connection.execute(f'create or replace table raw."{name}" as select * from empty')
    connection.execute(f"create or replace view raw.record_rows as {record_rows_sql()}")


def record_rows_sql() -> str:
    """What every record is told by, in one shape for all kinds: which row of which file says something of which key."""
    return " union all ".join(_record_rows_of(kind) for kind in RECORD_KINDS.values())


def _record_rows_of(kind: RecordKind) -> str:
    center_id, device_uid = (
        f'"{name}"' if name in kind.lake_schema else "cast(null as varchar)" for name in ("center_id", "device_uid")
    )
    key = ", ".join(f'cast("{column}" as varchar)' for column in kind.key)
    return f'''
        select
            '{kind.name}' as record_kind,
            concat_ws(' / ', {key}) as row_key,
            {center_id} as center_id,
            {device_uid} as device_uid,
            revision,
            content_hash,
            source_sha256,
            source_line,
            recorded_at
        from raw."{kind.name}"'''


def content_hash_sql(kind: RecordKind, table: str, besides: tuple[str, ...] = ()) -> str:
    """A hash of what a record says; no field holds the control characters that stand between fields and for null.

    `besides` are fields to be left out of it.
    """
    unsaid = ("revision", "source_sha256", "source_line", *kind.incidental, *besides)
    said = [column for column in kind.lake_schema if column not in unsaid]
    texts = ", ".join(f'coalesce(cast({table}."{column}" as varchar), chr(30))' for column in said)
    return f"md5(concat_ws(chr(31), {texts}))"


def load_raw(
    connection: duckdb.DuckDBPyConnection,
    data_dir: DataDir,
    as_of: datetime | None = None,
    only: frozenset[str] | None = None,
) -> dict[str, int]:
    """Fill the raw schema from the state store and the lake, and return the row count of every table.

    Only Parquet files that the manifest names are read, and rows stand in an order that no order of arrival changes.

    Args:
        connection: an open connection to an empty database.
        data_dir: whose state store and lake are loaded.
        as_of: aware instant; what was recorded later is left out. None takes everything there is, and the instant the
            last file was recorded as the as-of, so that a build without new files is the same build.
        only: sha256s of the files to be known, besides the as-of; None knows all.

    Raises:
        BuildError: if nothing was recorded by then.
    """
    store = StateStore(data_dir) if as_of is None else StateStoreAsOf(data_dir, as_of, only)
    files, known_until = store.files(), as_of or store.latest_recorded_at()
    if files.is_empty() or known_until is None:
        by_then = "" if as_of is None else f" by {as_of.isoformat()}"
        raise BuildError(
            f"Nothing was taken in{by_then} in {data_dir.root}. Run `racklight ingest PATH` or choose a later as-of."
        )
    load_registers(connection, store)
    _append(connection, "file_faults", file_faults(files, data_dir.raw_store))
    _append(connection, "chain_faults", chain_faults(StateStore(data_dir)))
    _append(connection, "missing_deliveries", missing_deliveries(files))
    _append(connection, "expectations", outcome_rows(judged(store)))
    _append(connection, "quarantine", store.quarantine())
    _append(connection, "devices", store.devices().sort("device_uid"))
    _append(connection, "lake_rows", store.lake_row_counts())
    _load_lake_files(connection, "sample_hours", store.record_files("sample_hours"), _SAMPLE_HOUR_ORDER)
    device_hours = store.device_hour_files()
    # A center at a time: its files stand in its folder, and sorting a nation's hours at once would take its memory.
    for _, of_center in groupby(device_hours, key=lambda path: path.parent):
        paths = list(of_center)
        _load_lake_files(connection, "device_hours", paths, _DEVICE_HOUR_ORDER)
        _load_lake_files(connection, "device_day_sources", map(day_sources_path, paths), _DAY_SOURCE_ORDER)
        _load_lake_files(connection, "device_hour_traits", map(hour_traits_path, paths), _DEVICE_HOUR_ORDER)
    build = {
        "as_of_at": [known_until.astimezone(UTC)],
        "code_version": [code_version()],
        "input_hash": [_input_hash(files)],
    }
    _append(connection, "build", pl.DataFrame(build, schema=BUILD_SCHEMA))
    return {name: connection.execute(f'select count(*) from raw."{name}"').fetchone()[0] for name in RAW_TABLES}


def load_registers(connection: duckdb.DuckDBPyConnection, store: StateStore) -> None:
    """Fill the tables of files and of every record kind in an empty database, and leave what telemetry fills empty."""
    create_empty_raw(connection)
    _append(connection, "files", store.files())
    for name, kind in RECORD_KINDS.items():
        _load_records(connection, kind, store.record_files(name))


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    rows = frame.select(*RAW_TABLES[table])  # noqa: F841 - read by DuckDB by its name
    connection.execute(f'insert into raw."{table}" by name select * from rows')


def _load_records(connection: duckdb.DuckDBPyConnection, kind: RecordKind, paths: list[Path]) -> None:
    if not paths:
        return
    order = ["source_sha256", "source_line", *kind.key]
    connection.execute(
        f'''
        insert into raw."{kind.name}" by name
        select
            {", ".join(f'records."{column}"' for column in kind.lake_schema)},
            files.recorded_at,
            {content_hash_sql(kind, "records")} as content_hash
        from read_parquet($paths, union_by_name => true) as records
        inner join raw.files as files on records.source_sha256 = files.source_sha256
        order by {", ".join(f'records."{column}" nulls last' for column in order)}
        ''',
        {"paths": [str(path) for path in paths]},
    )


_SAMPLE_HOUR_ORDER = "source_sha256, center_id, device_key, hour_start_at"
_DEVICE_HOUR_ORDER = "center_id, local_day, device_key, hour_start_at"
_DAY_SOURCE_ORDER = "center_id, local_day, device_key, source_sha256"


def _load_lake_files(connection: duckdb.DuckDBPyConnection, table: str, paths: Iterable[Path], order: str) -> None:
    names = [str(path) for path in paths]
    if not names:
        return
    columns = ", ".join(f'"{column}"' for column in RAW_TABLES[table])
    connection.execute(
        f"""
        insert into raw."{table}" by name
        select {columns}
        from read_parquet($paths)
        order by {order}
        """,
        {"paths": names},
    )


def _input_hash(files: pl.DataFrame) -> str:
    """One hash over the files a build could see, whatever order they came in and whatever came later."""
    rows = (
        files.filter(pl.col("refusal_code").is_null())
        .select("source_sha256", "recorded_at")
        .sort("source_sha256")
        .rows()
    )
    return hashlib.sha256(
        "\n".join(f"{sha256} {recorded_at.isoformat()}" for sha256, recorded_at in rows).encode()
    ).hexdigest()
