"""The lake: typed Parquet named by the sha256 of the file it was made from. What counts is decided by the manifest."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from ingest.reading import Reading
from ingest.state.store import LakeFile
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA, SAMPLE_HOUR_SCHEMA

HOUR_MS = 3_600_000


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
            written.append(LakeFile(kind_name, path, frame.height))
    return written


def write_samples(samples: pl.DataFrame, sha256: str, device_keys: dict[str, int], lake: Path) -> list[LakeFile]:
    """Write the samples of one file, one Parquet file per center and UTC day, under the registry's keys of its devices.

    Beside them stands one file that counts them by device and hour.

    The zone of a center may not be known yet when its telemetry arrives, so files are cut by UTC day and the rollup
    puts local days together.
    """
    if samples.is_empty():
        return []
    keyed = samples.with_columns(
        pl.col("device_uid").replace_strict(device_keys, return_dtype=pl.Int64).alias("device_key"),
        pl.from_epoch("sampled_at_ms", time_unit="ms").dt.date().alias("utc_day"),
    ).sort("device_key", "sampled_at_ms", "source_line")
    written = []
    for (center_id, utc_day), part in keyed.partition_by(
        "center_id", "utc_day", as_dict=True, include_key=False
    ).items():
        path = samples_path(center_id, utc_day, sha256)
        write_parquet(part.select(*LAKE_SAMPLE_SCHEMA), lake / path)
        span = part["sampled_at_ms"].min(), part["sampled_at_ms"].max()
        written.append(LakeFile("samples", path, part.height, center_id, utc_day, *span))
    path = f"sample_hours/{sha256}.parquet"
    hours = count_sample_hours(keyed, Path(sha256).name)
    write_parquet(hours, lake / path)
    return [*written, LakeFile("sample_hours", path, hours.height)]


def count_sample_hours(keyed: pl.DataFrame, source_sha256: str) -> pl.DataFrame:
    """What one file said of each device in each UTC hour, as `SAMPLE_HOUR_SCHEMA`.

    Needs `center_id`, `device_key`, `sampled_at_ms`, `power_w` and `slice_id`.
    """
    hour_ms = pl.col("sampled_at_ms") // HOUR_MS * HOUR_MS
    power_w = pl.col("power_w")
    of_a_board = (power_w * 1_000).round().filter(pl.col("slice_id").is_null() & power_w.is_finite())
    return (
        keyed.group_by("center_id", "device_key", hour_ms.alias("hour_ms"))
        .agg(pl.len().alias("row_count"), of_a_board.max().alias("highest_power_mw"))
        .with_columns(
            pl.lit(source_sha256).alias("source_sha256"),
            pl.from_epoch("hour_ms", time_unit="ms").dt.replace_time_zone("UTC").alias("hour_start_at"),
        )
        .select(pl.col(name).cast(kind) for name, kind in SAMPLE_HOUR_SCHEMA.items())
        .sort("center_id", "device_key", "hour_start_at")
    )


def scan_samples(paths: Sequence[str | Path]) -> pl.LazyFrame:
    """Samples of several lake files as one lazy frame of `LAKE_SAMPLE_SCHEMA`.

    A file from before a column was known has nothing to say about it: null.
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
