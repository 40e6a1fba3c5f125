"""Which received files, and which lines of them, the samples of a card and local day stand in.

A file is told by the name of its lake file. Nothing is judged here: a sample that repeats or contradicts another
counts as a line of its file like any other, for whoever checks a day reads all that was said about it.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from ingest.telemetry.local_days import local_day_bounds

DAY_SOURCE_SCHEMA: dict[str, pl.DataType] = {
    "center_id": pl.String(),
    "device_key": pl.Int64(),
    "local_day": pl.Date(),
    "source_sha256": pl.String(),
    "sample_count": pl.Int64(),
    "first_line": pl.Int64(),
    "last_line": pl.Int64(),
}
"""One row per center, device, local day and received file with samples of that day."""


def sources_of_day(paths: Sequence[str | Path], center_id: str, local_day: date, time_zone: str) -> pl.DataFrame:
    """Samples of one center's local day, counted by device and received file: `DAY_SOURCE_SCHEMA`, sorted by both.

    `paths` are lake files of samples; instants outside the local day are left out.
    """
    start, end = (second * 1000 for second in local_day_bounds(local_day, time_zone))
    parts = [
        pl.scan_parquet(path)
        .filter(pl.col("sampled_at_ms") >= start, pl.col("sampled_at_ms") < end)
        .group_by("device_key")
        .agg(
            pl.len().alias("sample_count"),
            pl.col("source_line").min().alias("first_line"),
            pl.col("source_line").max().alias("last_line"),
        )
        .with_columns(pl.lit(Path(path).stem).alias("source_sha256"))
        for path in paths
    ]
    sums = (
        pl.concat(parts)
        .group_by("device_key", "source_sha256")
        .agg(pl.col("sample_count").sum(), pl.col("first_line").min(), pl.col("last_line").max())
        .with_columns(pl.lit(center_id).alias("center_id"), pl.lit(local_day).alias("local_day"))
    )
    in_order = sums.sort("device_key", "source_sha256")
    return in_order.select(pl.col(name).cast(kind) for name, kind in DAY_SOURCE_SCHEMA.items()).collect(
        engine="streaming"
    )
