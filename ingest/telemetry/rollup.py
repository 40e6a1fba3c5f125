"""Samples of one center and local day become device-hours of whole seconds: how long each state was held, never a rate.

A sample holds from its second to the next sample's, but at most two intervals and never past the local day. Everything
works by comparing neighbors of rows sorted once by an integer of device and instant. Sliced cards are summed apart.
"""

from datetime import date
from functools import reduce
from operator import add

import polars as pl

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.telemetry.duplicates import VALUE_COLUMNS, one_row_per_instant
from ingest.telemetry.holds import (
    HOLD_INTERVALS,
    HOUR_SECONDS,
    LOWER_EDGES,
    SLOTS_PER_DEVICE,
    busy_pct,
    flags,
    hold,
    power_mw,
    sorted_rows,
)
from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.schema import DEVICE_HOUR_SCHEMA
from ingest.telemetry.slices import sum_sliced_cards

_PACKED = (
    *(f"from_{edge}_seconds" for edge in LOWER_EDGES),
    "occupied_seconds",
    "occupancy_known_seconds",
    "productive_seconds",
    "productive_known_seconds",
    "energy_known_seconds",
    "profiled_seconds",
)
_PACKED_BITS = 12  # holds of one device are disjoint, so sums within an hour stay below 2**12 seconds
_PACKED_PER_WORD = 5
_WORD_COUNT = -(-len(_PACKED) // _PACKED_PER_WORD)
_WORDS = tuple(f"word_{number}" for number in range(_WORD_COUNT))
_COUNTS = ("sample_count", "readable_count", "duplicate_count", "conflict_count")


def roll_up_day(
    samples: pl.LazyFrame | pl.DataFrame,
    center_id: str,
    local_day: date,
    time_zone: str,
    interval_seconds: int,
) -> pl.DataFrame:
    """Device-hours of one center's local day.

    Args:
        samples: rows of `LAKE_SAMPLE_SCHEMA`, in any order; instants outside the local day are left out. Without slice
            columns every row is of a whole card.
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
    samples = samples.lazy()
    if not _has_slices(samples):
        sums = _sum_whole_cards(samples, day, first_hour, interval_seconds)
        return _device_hours(sums, center_id, local_day, day, first_hour).collect(engine="streaming")
    whole, sliced = sum_sliced_cards(samples, day, first_hour, interval_seconds)
    sums = _sum_whole_cards(whole, day, first_hour, interval_seconds).drop(_WORDS)
    sums = pl.concat([sums, sliced.lazy()], how="diagonal_relaxed")
    return _device_hours(sums, center_id, local_day, day, first_hour).collect(engine="streaming")


def _has_slices(samples: pl.LazyFrame) -> bool:
    if "slice_id" not in samples.collect_schema():
        return False
    return samples.select(pl.col("slice_id").count()).collect(engine="streaming").item() > 0


def _sum_whole_cards(
    samples: pl.LazyFrame, day: tuple[int, int], first_hour: int, interval_seconds: int
) -> pl.LazyFrame:
    rows, counts = one_row_per_instant(sorted_rows(samples, *day, first_hour))
    held = hold(rows.lazy(), day[1] - first_hour, interval_seconds)
    piece_count = -(-HOLD_INTERVALS * interval_seconds // HOUR_SECONDS) + 1
    parts = [_sum_piece(held, number) for number in range(min(piece_count, SLOTS_PER_DEVICE))]
    parts.append(_count_repeats(counts.lazy()))
    sums = pl.concat(parts, how="diagonal").group_by("slot").agg(_add_up())
    return sums.with_columns(**_unpacked())


def _sum_piece(held: pl.LazyFrame, number: int) -> pl.LazyFrame:
    """Sums per slot of the part of each hold that lies in the hour `number` hours after the sample's own."""
    hour = pl.col("second") // HOUR_SECONDS + number
    if number:
        held = held.filter(pl.col("hold_end") > hour * HOUR_SECONDS)
        begin = hour * HOUR_SECONDS
    else:
        begin = pl.col("second")
    seconds = pl.min_horizontal(pl.col("hold_end"), (hour + 1) * HOUR_SECONDS) - begin
    held = held.select(
        (pl.col("device_key") * SLOTS_PER_DEVICE + hour).alias("slot"),
        pl.col("second"),
        seconds.cast(pl.Int64).alias("seconds"),
        busy_pct().alias("busy_pct"),
        *VALUE_COLUMNS,
    )
    held = held.select(
        "slot", "second", "busy_pct", (pl.col("seconds") * power_mw()).alias("energy_mws"), **_packed(pl.col("seconds"))
    )
    counts = (
        pl.len().cast(pl.Int32).alias("sample_count"),
        pl.col("busy_pct").count().cast(pl.Int32).alias("readable_count"),
        pl.col("second").min().alias("first_second"),
        pl.col("second").max().alias("last_second"),
    )
    return held.group_by("slot").agg(pl.col("energy_mws", *_WORDS).sum(), *(() if number else counts))


def _packed(seconds: pl.Expr) -> dict[str, pl.Expr]:
    """The held seconds of a row in every sum it belongs to, five sums to an integer: adding integers adds all five."""
    belongs = flags()
    words: dict[str, pl.Expr] = {}
    for number, word in enumerate(_WORDS):
        names = _PACKED[number * _PACKED_PER_WORD : (number + 1) * _PACKED_PER_WORD]
        places = [belongs[name].cast(pl.Int64) * (1 << _PACKED_BITS * place) for place, name in enumerate(names)]
        words[word] = seconds * reduce(add, places)
    return words


def _unpacked() -> dict[str, pl.Expr]:
    sums = {}
    for number, name in enumerate(_PACKED):
        word, place = divmod(number, _PACKED_PER_WORD)
        sums[name] = pl.col(_WORDS[word]) // (1 << _PACKED_BITS * place) % (1 << _PACKED_BITS)
    return sums


def _count_repeats(counts: pl.LazyFrame) -> pl.LazyFrame:
    slot = pl.col("device_key") * SLOTS_PER_DEVICE + pl.col("second") // HOUR_SECONDS
    return counts.select(slot.alias("slot"), "duplicate_count", "conflict_count")


def _add_up() -> list[pl.Expr]:
    return [
        pl.col("energy_mws", *_WORDS).sum(),
        *(pl.col(name).cast(pl.Int64).sum() for name in _COUNTS),
        pl.col("first_second").min(),
        pl.col("last_second").max(),
    ]


def _device_hours(
    sums: pl.LazyFrame, center_id: str, local_day: date, day: tuple[int, int], first_hour: int
) -> pl.LazyFrame:
    hour_start = first_hour + pl.col("slot") % SLOTS_PER_DEVICE * HOUR_SECONDS
    overlap = pl.min_horizontal(hour_start + HOUR_SECONDS, day[1]) - pl.max_horizontal(hour_start, day[0])
    starts = [pl.col(f"from_{edge}_seconds") for edge in LOWER_EDGES]
    bins = [low - high for low, high in zip(starts, [*starts[1:], pl.lit(0, pl.Int64)], strict=True)]

    def instant(epoch_seconds: pl.Expr) -> pl.Expr:
        return pl.from_epoch(epoch_seconds.cast(pl.Int64), "s").dt.cast_time_unit("us").dt.replace_time_zone("UTC")

    return (
        sums.sort("slot")
        .select(
            pl.lit(center_id).alias("center_id"),
            (pl.col("slot") // SLOTS_PER_DEVICE).alias("device_key"),
            pl.lit(local_day).alias("local_day"),
            instant(hour_start).alias("hour_start_at"),
            pl.when(pl.col("profiled_seconds") > 0).then(pl.lit("A")).otherwise(pl.lit("B")).alias("evidence_class"),
            overlap.alias("expected_seconds"),
            starts[0].alias("known_seconds"),
            *(seconds.alias(name) for seconds, name in zip(bins, UTILIZATION_BIN_COLUMNS, strict=True)),
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
        )
        .select(pl.col(name).cast(kind) for name, kind in DEVICE_HOUR_SCHEMA.items())
    )
