"""How long a sample speaks for its device, and in which sums its held seconds belong."""

import polars as pl

from ingest.domain import UTILIZATION_BIN_EDGES_PCT
from ingest.telemetry.duplicates import VALUE_COLUMNS

HOLD_INTERVALS = 2
"""A sample bridges one missed scrape, no more."""

OCCUPIED_BYTES = 1 << 30
"""Memory in use from which a card counts as occupied."""

PRODUCTIVE_ACTIVE_PCT = 50
"""Share of active multiprocessors or tensor pipes from which a second counts as productive."""

HOUR_SECONDS = 3_600
SLOTS_PER_DEVICE = 32
"""A slot is the integer `device_key * SLOTS_PER_DEVICE + hour of the local day`."""

INSTANT_BITS = 27  # a local day has at most 90,000,000 ms, which is below 2**27
LOWER_EDGES = UTILIZATION_BIN_EDGES_PCT[:-1]


def sorted_rows(samples: pl.LazyFrame, day_start: int, day_end: int, first_hour: int) -> pl.DataFrame:
    """Rows of the day `[day_start, day_end)` with `second` counted from `first_hour`, sorted by `instant_key`."""
    millisecond = pl.col("sampled_at_ms") - first_hour * 1_000
    rows = (
        samples.filter(in_day(day_start, day_end))
        .select(
            (pl.col("device_key") * (1 << INSTANT_BITS) + millisecond).alias("instant_key"),
            "device_key",
            (millisecond // 1_000).cast(pl.Int32).alias("second"),
            *VALUE_COLUMNS,
        )
        .collect(engine="streaming")
    )
    return rows if rows["instant_key"].is_sorted() else rows.sort("instant_key")


def in_day(day_start: int, day_end: int) -> pl.Expr:
    """Whether a sample lies in the half-open day, whose bounds are UTC epoch seconds."""
    return (pl.col("sampled_at_ms") >= day_start * 1_000) & (pl.col("sampled_at_ms") < day_end * 1_000)


def hold(rows: pl.LazyFrame, end_second: int, interval_seconds: int) -> pl.LazyFrame:
    """Add `hold_end`: the second until which each row of a sorted frame speaks for its device.

    Args:
        rows: sorted by device and instant, with `device_key` and `second`.
        end_second: where the day ends, on the same clock as `second`.
        interval_seconds: the feed's nominal sampling interval.
    """
    is_last = pl.col("device_key") != pl.col("device_key").shift(-1)
    next_second = pl.when(is_last).then(None).otherwise(pl.col("second").shift(-1))
    longest = pl.col("second") + HOLD_INTERVALS * interval_seconds
    return rows.with_columns(pl.min_horizontal(next_second, longest, end_second).cast(pl.Int32).alias("hold_end"))


def busy_pct() -> pl.Expr:
    """The profiled share of active time, else plain utilization; anything that is no percentage is unknown."""
    busy = pl.coalesce("compute_active_pct", "utilization_pct")
    return pl.when(busy.is_between(0, 100)).then(busy)


def flags() -> dict[str, pl.Expr]:
    """For each sum, whether the held seconds of a row with `busy_pct` belong to it; never null."""
    power = pl.col("power_w")
    memory, busy = pl.col("memory_used_bytes"), pl.col("busy_pct").fill_null(-1)
    active = pl.max_horizontal(pl.col("sm_active_pct", "tensor_active_pct").fill_nan(None))
    from_edges = {f"from_{edge}_seconds": busy >= edge for edge in LOWER_EDGES}
    return from_edges | {
        "occupied_seconds": memory.fill_null(-1) >= OCCUPIED_BYTES,
        "occupancy_known_seconds": memory.is_not_null(),
        "productive_seconds": active.fill_null(-1) >= PRODUCTIVE_ACTIVE_PCT,
        "productive_known_seconds": active.is_not_null(),
        "energy_known_seconds": power.is_not_null() & power.is_not_nan(),
        "profiled_seconds": active.is_not_null() | pl.col("compute_active_pct").is_not_null(),
    }


def power_mw() -> pl.Expr:
    """Power in whole milliwatts."""
    return (pl.col("power_w") * 1_000).round().cast(pl.Int64, strict=False)
