"""Samples of one center and local day become device-hours of whole seconds: how long each state was held, never a rate.

A sample holds from its second to the next sample's, but at most two intervals and never past the local day. Everything
works by comparing neighbors of rows sorted once by an integer of device and instant. Cards without slices are reduced
by `hour_sums`, cut ones by `slices`; here both become device-hours.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.telemetry.day_rows import SlicesFoundError, UnsortedFileError, sorted_rows, whole_devices
from ingest.telemetry.holds import HOUR_SECONDS, LOWER_EDGES, SLOTS_PER_DEVICE
from ingest.telemetry.hour_sums import sum_hours
from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.schema import DEVICE_HOUR_SCHEMA
from ingest.telemetry.slices import sum_sliced_cards


def roll_up_day(
    samples: pl.DataFrame | pl.LazyFrame | Sequence[pl.LazyFrame],
    center_id: str,
    local_day: date,
    time_zone: str,
    interval_seconds: int,
) -> pl.DataFrame:
    """Device-hours of one center's local day.

    Args:
        samples: rows of `LAKE_SAMPLE_SCHEMA`, as a frame in any order, or as the day's lake files, which are sorted
            and are read side by side. Instants outside the local day are left out. Without slice columns every row is
            of a whole card.
        center_id: the center, written into each row.
        local_day: the day in the center's zone.
        time_zone: the center's IANA zone, which alone decides the day's length.
        interval_seconds: the feed's nominal sampling interval.

    Returns:
        `DEVICE_HOUR_SCHEMA`, sorted by device and hour. `sample_count` counts distinct instants; an instant is in
        `conflict_count` when deliveries contradict each other, else in `unreadable_count` when it has no utilization.
    """
    day = local_day_bounds(local_day, time_zone)
    first_hour = day[0] // HOUR_SECONDS * HOUR_SECONDS
    files = [samples.lazy()] if isinstance(samples, pl.DataFrame | pl.LazyFrame) else list(samples)
    try:
        sums = _sum_whole_cards(files, day, first_hour, interval_seconds)
    except SlicesFoundError:
        whole, sliced = sum_sliced_cards(pl.concat(files), day, first_hour, interval_seconds)
        sums = _sum_whole_cards([whole], day, first_hour, interval_seconds)
        sums = pl.concat([sums, sliced], how="diagonal_relaxed").sort("slot")
    return _device_hours(sums, center_id, local_day, day, first_hour)


def _sum_whole_cards(
    files: Sequence[pl.LazyFrame], day: tuple[int, int], first_hour: int, interval_seconds: int
) -> pl.DataFrame:
    end_second = day[1] - first_hour
    try:
        return sum_hours(whole_devices(files, *day, first_hour), end_second, interval_seconds)
    except UnsortedFileError:
        return sum_hours([sorted_rows(pl.concat(files), *day, first_hour)], end_second, interval_seconds)


def _device_hours(
    sums: pl.DataFrame, center_id: str, local_day: date, day: tuple[int, int], first_hour: int
) -> pl.DataFrame:
    hour_start = first_hour + pl.col("slot") % SLOTS_PER_DEVICE * HOUR_SECONDS
    overlap = pl.min_horizontal(hour_start + HOUR_SECONDS, day[1]) - pl.max_horizontal(hour_start, day[0])
    starts = [pl.col(f"from_{edge}_seconds") for edge in LOWER_EDGES]
    bins = [low - high for low, high in zip(starts, [*starts[1:], pl.lit(0, pl.Int64)], strict=True)]

    def instant(epoch_seconds: pl.Expr) -> pl.Expr:
        return (epoch_seconds.cast(pl.Int64) * 1_000_000).cast(pl.Datetime("us", "UTC"))

    return sums.select(
        pl.lit(center_id).alias("center_id"),
        (pl.col("slot") // SLOTS_PER_DEVICE).alias("device_key"),
        pl.lit(local_day).alias("local_day"),
        instant(hour_start).alias("hour_start_at"),
        pl.when(pl.col("profiled_seconds") > 0).then(pl.lit("A")).otherwise(pl.lit("B")).alias("evidence_class"),
        overlap.alias("expected_seconds"),
        starts[0].alias("known_seconds"),
        *(seconds.alias(name) for seconds, name in zip(bins, UTILIZATION_BIN_COLUMNS, strict=True)),
        "above_zero_seconds",
        "busy_bp_seconds",
        "occupied_seconds",
        "occupancy_known_seconds",
        "productive_seconds",
        "productive_known_seconds",
        ((pl.col("energy_mws") + 1_800_000) // 3_600_000).alias("energy_wh"),
        "energy_known_seconds",
        "sample_count",
        "duplicate_count",
        "conflict_count",
        (pl.col("sample_count") - pl.col("readable_count") - pl.col("conflict_count")).alias("unreadable_count"),
        instant(first_hour + pl.col("first_second")).alias("first_sampled_at"),
        instant(first_hour + pl.col("last_second")).alias("last_sampled_at"),
    ).select(pl.col(name).cast(kind) for name, kind in DEVICE_HOUR_SCHEMA.items())
