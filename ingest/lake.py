"""The lake: typed Parquet named by the sha256 of the file it was made from. What counts is decided by the manifest."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.reading import Reading
from ingest.records import RECORD_KINDS
from ingest.state.store import LakeFile
from ingest.telemetry.kept import KeptSamples
from ingest.telemetry.lake_order import LakePart, in_lake_order
from ingest.telemetry.sample_hours import count_sample_hours
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, SAMPLE_HOUR_SCHEMA

_SAMPLES_PER_GROUP = 1 << 18
_SAMPLES_PER_BATCH = 1 << 14
_ROWS_LOOKED_AT = 1 << 15
_SELDOM = 0.8
"""From this share of different ones on, values repeat too seldom for a list of them to be smaller than they are."""


@cache
def schema_hash(kind_name: str) -> str:
    """What stands for the columns that lake files of a kind have today; another column, another hash."""
    if kind_name in RECORD_KINDS:
        schema = RECORD_KINDS[kind_name].lake_schema
    else:
        schema = {"samples": LAKE_SAMPLE_SCHEMA, "sample_hours": SAMPLE_HOUR_SCHEMA}[kind_name]
    return hashlib.sha256(repr([(name, str(kind)) for name, kind in schema.items()]).encode()).hexdigest()[:16]


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame under a temporary name, then give it its own, so that no half-written file carries it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    frame.write_parquet(temporary, compression="zstd", compression_level=3, statistics=True)
    temporary.replace(path)


def write_records(reading: Reading, sha256: str, lake: Path) -> list[LakeFile]:
    """Write the accepted records of one file, one Parquet file per kind."""
    written = []
    for kind_name, frame in reading.records.items():
        if frame.height:
            path = f"records/{kind_name}/{sha256}.parquet"
            write_parquet(frame, lake / path)
            written.append(LakeFile(kind_name, path, frame.height, schema_hash=schema_hash(kind_name)))
    return written


def write_samples(
    samples: pl.DataFrame | KeptSamples, sha256: str, device_keys: dict[str, int], lake: Path
) -> list[LakeFile]:
    """Write the samples of one file, one Parquet file per center and UTC day, under the registry's keys of its devices.

    Beside them stands one file that counts them by device and hour.

    The zone of a center may not be known yet when its telemetry arrives, so files are cut by UTC day and the rollup
    puts local days together.
    """
    written, hours = [], []
    for part in _parts(samples, device_keys):
        path = samples_path(part.center_id, part.utc_day, sha256)
        write_sorted_samples(part.rows, lake / path)
        span = part.rows["sampled_at_ms"].min(), part.rows["sampled_at_ms"].max()
        place = part.center_id, part.utc_day
        written.append(LakeFile("samples", path, part.rows.height, *place, *span, schema_hash("samples")))
        hours.append(count_sample_hours(part.rows, part.center_id, Path(sha256).name))
    if not written:
        return []
    path = f"sample_hours/{sha256}.parquet"
    counted = pl.concat(hours).sort("center_id", "device_key", "hour_start_at")
    write_parquet(counted, lake / path)
    return [*written, LakeFile("sample_hours", path, counted.height, schema_hash=schema_hash("sample_hours"))]


def _parts(samples: pl.DataFrame | KeptSamples, device_keys: dict[str, int]) -> Iterator[LakePart]:
    """Samples by center and UTC day, in the order of the lake; of those on disk a day is taken at a time."""
    frames = samples.days() if isinstance(samples, KeptSamples) else [samples]
    for frame in frames:
        if not frame.is_empty():
            yield from in_lake_order(frame, device_keys)


def write_sorted_samples(rows: pl.DataFrame, path: Path) -> None:
    """Samples of the lake; a column that says nothing is left out.

    Instants and lines rise from row to row, so their steps take least room. Values that seldom repeat, such as shares
    of six digits, are written as they are, all others by their number in a list of them. Columns without gaps are said
    to have none.
    """
    rows = rows.select(column for column in rows if column.null_count() < rows.height)
    steps = dict.fromkeys(("sampled_at_ms", "source_line"), "DELTA_BINARY_PACKED")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    table = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
    pq.write_table(
        table.cast(pa.schema(field.with_nullable(rows[field.name].has_nulls()) for field in table.schema)),
        temporary,
        row_group_size=_SAMPLES_PER_GROUP,
        write_batch_size=_SAMPLES_PER_BATCH,
        compression="lz4",
        use_dictionary=[column.name for column in rows if column.name not in steps and _does_repeat(column)],
        column_encoding=steps,
        write_statistics=["device_key", "sampled_at_ms"],
    )
    temporary.replace(path)


def _does_repeat(column: pl.Series) -> bool:
    """Whether the values of a stretch in the middle of a column repeat, beyond mere runs of one value."""
    if not column.dtype.is_float():
        return True
    stretch = column.slice(max(0, len(column) - _ROWS_LOOKED_AT) // 2, _ROWS_LOOKED_AT)
    changes = stretch[1:].ne_missing(stretch[:-1]).sum()
    return stretch.n_unique() - 1 <= _SELDOM * changes


def scan_samples(paths: Sequence[str | Path]) -> pl.LazyFrame:
    """Samples of several lake files as one lazy frame of `LAKE_SAMPLE_SCHEMA`.

    A file that lacks a column has nothing to say about it: null.
    """
    return pl.scan_parquet(list(paths), schema=LAKE_SAMPLE_SCHEMA, missing_columns="insert")


def samples_path(center_id: str, utc_day: date, sha256: str) -> str:
    """Where the samples of one file, center and UTC day lie, relative to the lake."""
    return f"samples/{folder_name(center_id)}/{utc_day:%Y-%m-%d}/{sha256}.parquet"


def device_hours_path(center_id: str, local_day: date, input_hash: str) -> str:
    """Where the device-hours of one center and local day lie, relative to the lake."""
    return f"device_hours/{folder_name(center_id)}/{local_day:%Y-%m-%d}-{input_hash[:16]}.parquet"


def day_sources_path(device_hours: str | Path) -> Path:
    """Where the sources of a center and local day lie, next to its device-hours and under the same name."""
    path = Path(device_hours)
    return path.parents[2] / "device_day_sources" / path.parent.name / path.name


def hour_traits_path(device_hours: str | Path) -> Path:
    """Where the traits of a center's local day lie, next to its device-hours and under the same name."""
    path = Path(device_hours)
    return path.parents[2] / "device_hour_traits" / path.parent.name / path.name


def folder_name(center_id: str) -> str:
    """A folder name for an id from outside: never a path, and different for different ids."""
    safe = "".join(letter if (letter.isascii() and letter.isalnum()) or letter == "-" else "_" for letter in center_id)[
        :40
    ]
    return f"{safe}-{hashlib.sha256(center_id.encode()).hexdigest()[:8]}"
