"""What goes wrong between a card and the files: rows lost, twice, in conflict, late, or impossible."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from ingest.sample_world.record_files import instant
from ingest.sample_world.samples import CHINA_STANDARD_TIME

IMPOSSIBLE_PCT = 808_334_905.0
"""A utilization as a real exporter once reported it."""


@dataclass(frozen=True)
class Window:
    """Cards of one server (all where `cards` is empty; all servers where `server` is None) for a span of local time."""

    server: int | None
    cards: tuple[int, ...]
    start: datetime
    end: datetime


def _at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=CHINA_STANDARD_TIME)


LOST = (
    Window(2, (), _at(20, 3), _at(20, 9)),
    Window(5, (3,), _at(24, 12), datetime(2026, 11, 1, tzinfo=CHINA_STANDARD_TIME)),
    Window(None, (), _at(27, 1), _at(27, 1, 40)),
    Window(6, (0, 1), _at(30, 14, 5), _at(30, 14, 12)),
)
"""Samples that never arrive."""

LATE = Window(3, (), _at(22, 14), _at(22, 20))
"""Samples that are missing from their day's file and arrive in one of their own."""

TWICE = Window(1, (), _at(21, 9), _at(21, 9, 30))
"""Samples that stand in their file twice."""

CONFLICTING = Window(4, (2,), _at(23, 16), _at(23, 16, 12))
"""Samples that stand in their file twice with different utilization."""

IMPOSSIBLE = Window(1, (5,), _at(25, 11), _at(25, 11, 6))
"""Samples that also stand in their file with an impossible utilization."""


@dataclass(frozen=True)
class FlawCounts:
    """How many rows of each kind were made."""

    duplicate_row_count: int
    conflicting_row_count: int
    late_row_count: int
    corrupt_row_count: int


def spoil(samples: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, FlawCounts]:
    """Samples as they arrive, the late ones apart, and the counts; needs columns `server` and `card`."""
    for window in LOST:
        samples = samples.filter(~_inside(window))
    late = samples.filter(_inside(LATE))
    samples = samples.filter(~_inside(LATE))
    twice = samples.filter(_inside(TWICE))
    conflicting = samples.filter(_inside(CONFLICTING)).with_columns(
        (100 - pl.col("utilization_pct")).alias("utilization_pct")
    )
    impossible = samples.filter(_inside(IMPOSSIBLE)).with_columns(
        pl.lit(IMPOSSIBLE_PCT, pl.Float32).alias("utilization_pct")
    )
    counts = FlawCounts(twice.height, conflicting.height, late.height, impossible.height)
    arrived = pl.concat([samples, twice, conflicting, impossible])
    return arrived.sort("local_day", "device_uid", "sampled_at_ms", maintain_order=True), late, counts


def _inside(window: Window) -> pl.Expr:
    start, end = (int(moment.timestamp() * 1000) for moment in (window.start, window.end))
    inside = pl.col("sampled_at_ms").is_between(start, end, closed="left")
    if window.server is not None:
        inside &= pl.col("server") == window.server
    if window.cards:
        inside &= pl.col("card").is_in(window.cards)
    return inside


def write_corrupt_rows(path: Path, center_id: str, device_uids: list[str]) -> int:
    """Write a CSV of samples of which none can be accepted; returns how many."""
    first, second = device_uids[:2]
    noon = instant(_at(26, 12).replace(tzinfo=None))
    rows = (
        (first, noon, "808334905", "260"),
        (second, noon, "808334905", "260"),
        (first, noon.replace("12:00:00", "12:01:00"), "-1", "260"),
        (second, noon.replace("12:00:00", "12:01:00"), "57", "-40"),
        (first, noon.replace("12:00:00", "12:02:00"), "61", "99999"),
        (first, "2026-10-26T25:61:00+08:00", "61", "262"),
        (second, "26/10/2026 noon", "61", "262"),
        ("", noon, "61", "262"),
    )
    lines = ["center_id,device_uid,sampled_at,utilization_pct,power_w"]
    lines += [f"{center_id},{uid},{at},{utilization},{power}" for uid, at, utilization, power in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows)
