"""The raw schema of a warehouse of made-up centers, for trying rules on: what `warehouse` loads from received files."""

import hashlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from ingest.raw_checks import file_faults
from ingest.raw_store import place_of
from ingest.records import RECORD_KINDS
from ingest.sample_world.adversary.center import Center
from ingest.sample_world.adversary.worlds import raw_rows
from orchestration.warehouse import RAW_TABLES, content_hash_sql, create_empty_raw

FIRST_DELIVERY = datetime(2026, 6, 1, tzinfo=UTC)
AS_OF = datetime(2026, 10, 1, tzinfo=UTC)


def fill_raw(
    connection: duckdb.DuckDBPyConnection, centers: list[Center], more: dict[str, list[dict]] | None = None
) -> None:
    """Write the raw schema of a new warehouse: all centers, and `more` register rows by kind."""
    rows, frames = raw_rows(centers)
    for kind, more_rows in (more or {}).items():
        rows.setdefault(kind, []).extend(more_rows)
    uids = sorted({uid for name in ("device_hours", "device_hour_traits") for uid in frames[name]["device_uid"]})
    keys = pl.DataFrame({"device_uid": uids}).with_row_index("device_key", offset=1)
    tables = {name: pl.DataFrame(kind_rows, infer_schema_length=None) for name, kind_rows in rows.items() if kind_rows}
    tables["device_days"] = pl.concat([frames["device_days"], tables["device_days"]], how="diagonal_relaxed")
    for name in ("device_hours", "device_hour_traits"):
        tables[name] = frames[name].join(keys.with_columns(pl.col("device_key").cast(pl.Int64)), on="device_uid")
    tables["device_day_sources"] = (
        tables["device_hours"]
        .group_by("center_id", "device_key", "local_day")
        .agg(pl.col("sample_count").sum())
        .with_columns(
            pl.lit("planted").alias("source_sha256"),
            pl.lit(1).alias("first_line"),
            pl.col("sample_count").alias("last_line"),
        )
    )
    tables["devices"] = keys
    tables["build"] = pl.DataFrame({"as_of_at": [AS_OF], "code_version": ["planted"], "input_hash": ["planted"]})
    tables["files"], tables["file_faults"] = _checked_files(centers)
    create_empty_raw(connection)
    for name, table in tables.items():
        _insert(connection, name, table)


def _checked_files(centers: list[Center]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Received files and which of them are at fault, found by the check of a build in a raw store of their own."""
    rows = [(hashlib.sha256(file.received).hexdigest(), center, file) for center in centers for file in center.files]
    files = pl.DataFrame(
        {
            "source_sha256": [sha256 for sha256, _, _ in rows],
            "file_id": range(len(rows)),
            "center_id": [center.center_id for _, center, _ in rows],
            "byte_count": [len(file.received) for _, _, file in rows],
        },
        schema_overrides={"source_sha256": pl.String, "center_id": pl.String},
    )
    with tempfile.TemporaryDirectory() as folder:
        for sha256, _, file in rows:
            place = place_of(sha256, Path(folder))
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(file.kept)
        # The check looks at files that were touched after they were received: here all of them.
        checked = files.with_columns(pl.lit(None).alias("refusal_code"), pl.lit(FIRST_DELIVERY).alias("recorded_at"))
        faults = file_faults(checked, Path(folder), is_thorough=True)
    return files, faults


def _insert(connection: duckdb.DuckDBPyConnection, name: str, table: pl.DataFrame) -> None:
    schema = RAW_TABLES[name]
    zero = {column for column, kind in schema.items() if name == "device_days" and kind == pl.Int64()}
    if "source_line" in schema:
        table = table.with_row_index("source_line", offset=1)
    if "recorded_at" in schema:
        late = pl.col("recorded_at") if "recorded_at" in table.columns else pl.lit(None)
        table = table.with_columns(
            pl.lit(1).alias("revision"),
            (pl.col("source_sha256") if "source_sha256" in table.columns else pl.lit("planted")).alias("source_sha256"),
            late.cast(pl.Datetime("us", "UTC")).fill_null(FIRST_DELIVERY).alias("recorded_at"),
        )
    missing = [pl.lit(0 if column in zero else None).alias(column) for column in schema if column not in table.columns]
    frame = table.with_columns(missing).select(pl.col(column).cast(kind) for column, kind in schema.items())
    if zero:
        frame = frame.with_columns(pl.col(*zero).fill_null(0))
    hashed = (
        f"replace ({content_hash_sql(RECORD_KINDS[name], 'frame')} as content_hash)" if name in RECORD_KINDS else ""
    )
    connection.execute(f'insert into raw."{name}" by name select * {hashed} from frame')
