"""One list of everything set aside: lines at the gate, and rows that only other files could judge, at the build.

The gate's part stands in the state store and is current; the build's part is that of what is published.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from ingest.paths import DataDir
from ingest.quarantine import find_file, list_quarantine, quarantined_rows, with_sentences
from ingest.raw_store import place_of
from ingest.state.store import StateStore
from orchestration.publish import published_version

_BUILD_COLUMNS: dict[str, pl.DataType] = {
    "original_name": pl.String(),
    "source_sha256": pl.String(),
    "center_id": pl.String(),
    "source_line": pl.Int64(),
    "record_kind": pl.String(),
    "row_key": pl.String(),
    "reason_code": pl.String(),
    "standing": pl.String(),
    "row_count": pl.Int64(),
    "detail": pl.String(),
    "other_original_name": pl.String(),
    "other_source_line": pl.Int64(),
    "recorded_at": pl.Datetime("us", "UTC"),
}
_MART = "fct_row__set_aside"
_LIST_COLUMNS = (
    "stage",
    "original_name",
    "source_sha256",
    "center_id",
    "reason_code",
    "standing",
    "row_count",
    "sentence_zh",
    "sentence_en",
)
_ROW_COLUMNS = (
    "stage",
    "original_name",
    "source_sha256",
    "center_id",
    "sheet_name",
    "source_line",
    "column_names",
    "record_kind",
    "row_key",
    "row_count",
    "reason_code",
    "standing",
    "detail",
    "raw_text",
    "other_original_name",
    "other_source_line",
    "sentence_zh",
    "sentence_en",
)


@dataclass(frozen=True)
class AsOf:
    """An aware instant, and the published file that holds what was known then."""

    instant: datetime
    published_path: Path


def list_set_aside(
    data_dir: DataDir,
    reason_codes: Collection[str] = (),
    center_id: str | None = None,
    file: str | None = None,
    since: datetime | None = None,
    known: AsOf | None = None,
) -> pl.DataFrame:
    """One row per stage (`gate`, `build`), file and reason with sentences; a refused file counts no rows.

    Each filter that is given leaves out what it does not fit; `since` is an aware instant of receipt. The center is
    the one declared for the file at the gate, and the one the row names at the build. `known` takes both stages as
    they were at an instant; without it they are the current ones.

    Columns: `stage`, `original_name`, `source_sha256`, `center_id`, `reason_code`, `standing`, `row_count`,
    `sentence_zh`, `sentence_en`.

    Raises:
        LookupError: no file, or more than one, goes by that name or beginning of a sha256.
    """
    gate = list_quarantine(data_dir, reason_codes, center_id, file, since, known and known.instant)
    gate = gate.with_columns(pl.lit("gate").alias("stage"), pl.lit("set_aside").alias("standing"))
    build = with_sentences(
        _build_rows(data_dir, known)
        .filter(_wanted(data_dir, reason_codes, center_id, file, since))
        .group_by("original_name", "source_sha256", "center_id", "reason_code", "standing")
        .agg(pl.col("row_count").sum())
    ).with_columns(pl.lit("build").alias("stage"))
    return pl.concat([gate.select(_LIST_COLUMNS), build.select(_LIST_COLUMNS)]).sort(
        "stage", "reason_code", "original_name", "source_sha256", descending=[True, False, False, False]
    )


def _wanted(
    data_dir: DataDir,
    reason_codes: Collection[str],
    center_id: str | None,
    file: str | None,
    since: datetime | None,
) -> list[pl.Expr]:
    wanted = [pl.lit(True)]
    if reason_codes:
        wanted.append(pl.col("reason_code").is_in(list(reason_codes)))
    if center_id is not None:
        wanted.append(pl.col("center_id") == center_id)
    if file is not None:
        wanted.append(pl.col("source_sha256") == find_file(StateStore(data_dir), file).source_sha256)
    if since is not None:
        wanted.append(pl.col("recorded_at") >= since.astimezone(UTC))
    return wanted


def rows_set_aside(data_dir: DataDir, file: str | None = None, known: AsOf | None = None) -> pl.DataFrame:
    """Every row set aside at either stage, or those of one file: where, what it said, why, and what it collides with.

    Telemetry set aside at the build is one row per file, card and UTC day, with `row_count` and without a line.

    Raises:
        LookupError: no file, or more than one, goes by that name or beginning of a sha256.
    """
    gate = quarantined_rows(data_dir, file, known and known.instant).with_columns(
        pl.lit("gate").alias("stage"),
        pl.lit("set_aside").alias("standing"),
        pl.lit(1, pl.Int64).alias("row_count"),
        *(pl.lit(None, pl.String).alias(name) for name in ("record_kind", "row_key", "other_original_name")),
        pl.lit(None, pl.Int64).alias("other_source_line"),
    )
    build = _build_rows(data_dir, known).filter(_wanted(data_dir, (), None, file, None))
    build = with_sentences(build).with_columns(
        pl.lit("build").alias("stage"),
        *(pl.lit(None, gate.schema[name]).alias(name) for name in ("sheet_name", "column_names")),
        pl.Series("raw_text", _raw_texts(build, data_dir.raw_store), dtype=pl.String),
    )
    return pl.concat([gate.select(_ROW_COLUMNS), build.select(_ROW_COLUMNS)])


def _build_rows(data_dir: DataDir, known: AsOf | None) -> pl.DataFrame:
    """What the published build set aside; nothing before the first publication."""
    nothing = pl.DataFrame(schema=_BUILD_COLUMNS)
    current = published_version(data_dir)
    path = known.published_path if known else current and current.path
    if path is None:
        return nothing
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        if not connection.execute("from duckdb_tables() where table_name = $1", [_MART]).fetchall():
            return nothing
        order = "reason_code, original_name, source_sha256, source_line nulls last, row_key"
        return connection.execute(f"select {', '.join(_BUILD_COLUMNS)} from {_MART} order by {order}").pl()


def _raw_texts(rows: pl.DataFrame, raw_store: Path) -> list[str]:
    """The lines as they stand in the files kept; a workbook and a day of telemetry have no line to show."""
    wanted: dict[str, set[int]] = {}
    for sha256, line in rows.select("source_sha256", "source_line").rows():
        if line is not None:
            wanted.setdefault(sha256, set()).add(line)
    found = {sha256: _lines(place_of(sha256, raw_store), numbers) for sha256, numbers in wanted.items()}
    return [found.get(sha256, {}).get(line, "") for sha256, line in rows.select("source_sha256", "source_line").rows()]


def _lines(path: Path, numbers: set[int]) -> dict[int, str]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        if b"\0" in file.read(4096):
            return {}
        file.seek(0)
        numbered = ((number, line) for number, line in enumerate(file, start=1) if number in numbers)
        return {number: line.decode("utf-8", errors="replace").rstrip("\r\n") for number, line in numbered}
