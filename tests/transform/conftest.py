"""Tiny worlds: raw rows in, the real dbt models on top, a DuckDB file out."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from ingest.records import RECORD_KINDS
from orchestration.warehouse import RAW_TABLES, content_hash_sql

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY.parent / "shared" / "reference" / "worked_examples.json"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
BUILD = {"code_version": "test", "input_hash": "test"}

BuildWorld = Callable[..., Path]


@pytest.fixture(scope="session")
def build_world(dbt_project, tmp_path_factory: pytest.TempPathFactory) -> BuildWorld:
    """A function from raw rows to a warehouse file.

    `build_world(rows, select=["+fct_center_day__utilization"], as_of=..., with_tests=False)`: `rows` maps a raw
    table to its rows, each with only the columns that matter (the rest is NULL, `revision` is 1). A row of
    `device_hours` names its `device_uid`; the key and the registry follow. `as_of` defaults to 2026-10-01 UTC.
    `start_from` is a file in which models were built over empty raw tables, so that they need not be selected.
    """

    def build(
        rows: dict[str, list[dict]],
        select: list[str] | None = None,
        as_of: datetime = datetime(2026, 10, 1, tzinfo=UTC),
        with_tests: bool = False,
        start_from: Path | None = None,
    ) -> Path:
        warehouse = tmp_path_factory.mktemp("world") / "warehouse.duckdb"
        shutil.copy(start_from or dbt_project.template, warehouse)
        build_row = BUILD | {"as_of_at": as_of}
        with duckdb.connect(warehouse) as connection:
            connection.execute("set TimeZone = 'UTC'")
            for table, table_rows in _with_registry(rows | {"build": [build_row]}).items():
                _insert(connection, table, table_rows)
        chosen = ["--select", *select] if select else []
        dbt_project.invoke(warehouse, "run", *chosen)
        if with_tests:
            dbt_project.invoke(warehouse, "test", "--select", "test_type:data", "--exclude", "source:*")
        return warehouse

    return build


@pytest.fixture(scope="session")
def empty_world(dbt_project, made_once) -> Path:
    """A file in which every model was built over empty raw tables, as of the default of `build_world`, to be read."""

    def fill(folder: Path) -> None:
        warehouse = folder / "warehouse.duckdb"
        shutil.copy(dbt_project.template, warehouse)
        with duckdb.connect(warehouse) as connection:
            _insert(connection, "build", [BUILD | {"as_of_at": datetime(2026, 10, 1, tzinfo=UTC)}])
        dbt_project.invoke(warehouse, "run")

    return made_once("empty_world", fill) / "warehouse.duckdb"


@pytest.fixture(scope="session")
def worked_examples() -> dict[str, dict]:
    """Published answers of the worked examples, by their id."""
    if not EXAMPLES.exists():
        pytest.skip(f"{EXAMPLES} is not on this machine")
    return json.loads(EXAMPLES.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def query() -> Callable[..., list[dict]]:
    """A function that asks a built file: `query(path, sql)` gives one dictionary per row."""

    def ask(path: Path, sql: str) -> list[dict]:
        with duckdb.connect(path, read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            schemas = {row[0] for row in connection.execute("from duckdb_schemas() select schema_name").fetchall()}
            layers = [name for name in ("marts", "intermediate", "staging", "reference") if name in schemas]
            connection.execute(f"set search_path = '{','.join(layers)}'")
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return ask


def _with_registry(rows: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """Give the hours of telemetry their keys and the registry its rows."""
    hours = {name: rows.get(name, []) for name in ("device_hours", "sample_hours", "device_hour_traits")}
    uids = sorted({hour["device_uid"] for table in hours.values() for hour in table})
    keys = {uid: number for number, uid in enumerate(uids, start=1)}
    keyed = {
        name: [
            {k: v for k, v in hour.items() if k != "device_uid"} | {"device_key": keys[hour["device_uid"]]}
            for hour in table
        ]
        for name, table in hours.items()
    }
    registry = [{"device_key": key, "device_uid": uid} for uid, key in keys.items()]
    return rows | keyed | {"devices": registry}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict]) -> None:
    """Insert rows that name only the columns that matter; counts left out of a device-hour are 0."""
    schema = RAW_TABLES[table]
    defaults: dict[str, object] = {}
    if "revision" in schema:
        defaults = {"revision": 1, "recorded_at": LONG_AGO, "source_sha256": "test"}
    if table in ("device_hours", "device_days", "device_hour_traits"):
        defaults |= {name: 0 for name, kind in schema.items() if kind == pl.Int64() and name not in defaults}
    if table == "centers":
        defaults |= {"telemetry_interval_seconds": 60}
    full = [
        {name: None for name in schema} | defaults | ({"source_line": number} if "source_line" in schema else {}) | row
        for number, row in enumerate(rows, start=1)
    ]
    unknown = {name for row in rows for name in row} - set(schema)
    if unknown:
        raise KeyError(f"raw.{table} has no column {sorted(unknown)}")
    if not full:
        return
    frame = pl.DataFrame(full, schema=schema)  # noqa: F841 - read by DuckDB by its name
    hashed = ""
    if table in RECORD_KINDS:
        hashed = f"replace ({content_hash_sql(RECORD_KINDS[table], 'frame')} as content_hash)"
    connection.execute(f'insert into raw."{table}" by name select * {hashed} from frame')
