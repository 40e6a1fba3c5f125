"""Traits of a card's hour that say what kind of load it was: sums of readings and squares, a fingerprint, its shape.

How long something lasted is not said here but by the device-hours; nothing here is a mean or a deviation, for which
SQL divides the sums.
"""

import math
from collections.abc import Sequence
from datetime import date

import polars as pl

from ingest.telemetry.holds import HOUR_SECONDS
from ingest.telemetry.local_days import local_day_bounds

TRAITS = ("busy", "power", "tensor", "dram")
SHAPE_BITS = ((0,), (1,), (2,), (3,), (0, 1), (1, 2), (2, 3), (0, 2))
"""Bits of the minute whose parity says on which side of a contrast a reading stands."""

HOUR_TRAIT_SCHEMA: dict[str, pl.DataType] = {
    "center_id": pl.String(),
    "device_key": pl.Int64(),
    "local_day": pl.Date(),
    "hour_start_at": pl.Datetime("us", "UTC"),
    "sample_count": pl.Int64(),
    "busy_count": pl.Int64(),
    "busy_bp_sum": pl.Int64(),
    "busy_bp_square_sum": pl.Int64(),
    "power_count": pl.Int64(),
    "power_dw_sum": pl.Int64(),
    "power_dw_square_sum": pl.Int64(),
    "tensor_count": pl.Int64(),
    "tensor_bp_sum": pl.Int64(),
    "dram_count": pl.Int64(),
    "dram_bp_sum": pl.Int64(),
    "series_hash": pl.Int64(),
    **{f"power_shape_{number}_dw": pl.Int64() for number, _ in enumerate(SHAPE_BITS, start=1)},
}
"""One row per center, device, UTC clock hour and local day with samples of the whole card.

Shares are in basis points, power in tenths of a watt. `busy` is the profiled share of active time, else plain
utilization. Two hours have one `series_hash` when the same readings stand at the same seconds of the hour; what a flat
series has in common with another flat one proves nothing, so ask the squares whether it moved. `power_shape_*` are
contrasts of the hour: power of half of its minutes less that of the other half, about the hour's mean. Two series whose
contrasts correlate are correlated in their minutes, whatever factor or offset lies between them.
"""

_PRIME = (1 << 31) - 1
_MIXERS = (1_103_515_245, 12_345_679)
_BUSY_VALUES, _POWER_VALUES = 10_007, 40_009


def traits_of_day(files: Sequence[pl.LazyFrame], center_id: str, local_day: date, time_zone: str) -> pl.DataFrame:
    """Traits of one center's local day, as `HOUR_TRAIT_SCHEMA`, sorted by device and hour.

    `files` are lake samples; instants outside the local day and rows of slices are left out. A sample delivered
    twice stands in the sums twice, which changes no mean.
    """
    start, end = local_day_bounds(local_day, time_zone)
    second = pl.col("sampled_at_ms") // 1_000
    busy_bp = pl.coalesce("compute_active_pct", "utilization_pct").cast(pl.Float64).fill_nan(None) * 100
    rows = (
        pl.concat(files)
        .filter(second >= start, second < end, pl.col("slice_id").is_null())
        .select(
            "device_key",
            (second // HOUR_SECONDS).alias("hour"),
            (second % HOUR_SECONDS).alias("second"),
            busy_bp.round().cast(pl.Int64).alias("busy"),
            (pl.col("power_w").cast(pl.Float64).fill_nan(None) * 10).round().cast(pl.Int64).alias("power"),
            *(
                (pl.col(f"{name}_active_pct").cast(pl.Float64).fill_nan(None) * 100).round().cast(pl.Int64).alias(name)
                for name in ("tensor", "dram")
            ),
        )
    )
    sums = rows.group_by("device_key", "hour").agg(
        pl.len().alias("sample_count"),
        *(pl.col(name).count().alias(f"{name}_count") for name in TRAITS),
        *(pl.col(name).sum().alias(f"{name}_{unit}_sum") for name, unit in _units(TRAITS)),
        *((pl.col(name) ** 2).sum().alias(f"{name}_{unit}_square_sum") for name, unit in _units(("busy", "power"))),
        _fingerprint().sum().alias("series_hash"),
        *(contrast.alias(f"power_shape_{number}_dw") for number, contrast in enumerate(_contrasts(), start=1)),
    )
    hour_start = pl.from_epoch(pl.col("hour") * HOUR_SECONDS, "s").dt.cast_time_unit("us").dt.replace_time_zone("UTC")
    placed = sums.with_columns(
        pl.lit(center_id).alias("center_id"), pl.lit(local_day).alias("local_day"), hour_start.alias("hour_start_at")
    )
    return (
        placed.select(pl.col(name).cast(kind) for name, kind in HOUR_TRAIT_SCHEMA.items())
        .sort("device_key", "hour_start_at")
        .collect(engine="streaming")
    )


def _units(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, "dw" if name == "power" else "bp") for name in names]


def _contrasts() -> list[pl.Expr]:
    """Readings of power with the signs of each contrast, less the mean times those signs, to the nearest tenth."""
    sides = [1 - 2 * (pl.col("second") // 60 // 2**bit % 2) for bit in range(4)]
    power, contrasts = pl.col("power"), []
    for bits in SHAPE_BITS:
        sign = pl.when(power.is_not_null()).then(math.prod((sides[bit] for bit in bits), start=pl.lit(1)))
        contrasts.append(((power * sign).sum() - power.mean() * sign.sum()).round().cast(pl.Int64).fill_null(0))
    return contrasts


def _fingerprint() -> pl.Expr:
    """What one reading adds to the hash of its hour: stirred, so that readings cannot stand in for each other."""
    said = pl.col("second") * _BUSY_VALUES + pl.col("busy").fill_null(-1)
    said = (said * _POWER_VALUES + pl.col("power").fill_null(-1)) % _PRIME
    for mixer in _MIXERS:
        said = (said * mixer + 12_345) % _PRIME
        said = (said * said) % _PRIME
    return said
