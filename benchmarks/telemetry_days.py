"""Telemetry for benchmarks, a center-day at a time: the sample world's card models at work, with what goes wrong.

Of every day, 2 % of samples are missing, 1 % came twice, some contradict each other, 1 % have no utilization, a card in
fifty is silent for an hour, and 0.5 % arrive a day late, in a file of their own. Files in order of arrival are by time,
with samples of a minute in any order. Profiled shares have six digits, as exporters print them.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from ingest.lake import write_sorted_samples
from ingest.sample_world.models import MODELS
from ingest.telemetry.kept import write_samples_as_they_are
from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA

TIME_ZONE = "Asia/Shanghai"
FIRST_DAY = date(2026, 1, 1)
INTERVAL_SECONDS = 60

_BLOCK_MINUTES = 120
_LIT_SHARE = 0.35


def day_of(number: int) -> date:
    """The local day of a file."""
    return FIRST_DAY + timedelta(days=number)


def write_day(folder: Path, number: int, card_count: int, has_arrivals: bool = True) -> int:
    """Write one day as `lake/N.parquet`, `late/N.parquet` and `arrival/N.arrow`; gives the rows of the first.

    The lake file holds what came in time, the late one the rest; both are sorted as files of the lake are. The arrival
    file holds the rows of the lake file in order of arrival, by device UUID. Without `has_arrivals` only the lake file
    is written.
    """
    start, end = local_day_bounds(day_of(number), TIME_ZONE)
    random = np.random.default_rng(number)
    samples = _readings(random, card_count, (end - start) // INTERVAL_SECONDS, start)
    samples = _with_flaws(random, samples)
    is_late = pl.Series(random.random(samples.height) < 0.005)
    in_order = ("device_key", "sampled_at_ms", "source_line")
    in_time = samples.filter(~is_late)
    write_sorted_samples(in_time.sort(in_order), folder / f"lake/{number}.parquet")
    if not has_arrivals:
        return in_time.height
    write_sorted_samples(samples.filter(is_late).sort(in_order), folder / f"late/{number}.parquet")
    jitter = pl.Series(random.integers(0, INTERVAL_SECONDS * 1_000, in_time.height))
    arrival = in_time.with_columns(
        center_id=pl.lit("c-1"), device_uid=pl.format("GPU-{}", pl.col("device_key").cast(pl.String).str.zfill(32))
    ).sort(pl.col("sampled_at_ms") + jitter)
    arrival = arrival.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_line"))
    (folder / "arrival").mkdir(exist_ok=True)
    # As readers keep the samples of a large file until the lake takes them.
    names = pl.col("center_id", "device_uid").cast(pl.Categorical)
    write_samples_as_they_are(arrival.drop("device_key").with_columns(names), folder / f"arrival/{number}.arrow")
    return in_time.height


def _readings(random: np.random.Generator, card_count: int, minutes: int, start: int) -> pl.DataFrame:
    """Clean samples, sorted: cards of a server work in the same two-hour blocks."""
    models = list(MODELS.values())
    servers, blocks = -(-card_count // 8), -(-minutes // _BLOCK_MINUTES)
    shape = (card_count, minutes)

    def per_minute(values: np.ndarray) -> np.ndarray:
        cards = np.repeat(values, 8, axis=0)[:card_count]
        return np.repeat(cards, _BLOCK_MINUTES, axis=1)[:, :minutes]

    is_busy = per_minute(random.random((servers, blocks)) < _LIT_SHARE) & (random.random(shape) > 0.015)
    level = per_minute(random.integers(42, 97, (servers, blocks)))
    utilization = np.where(is_busy, np.clip(level + random.integers(-5, 6, shape), 6, 100), 0)
    idle_w, full_w, memory_gb = (
        np.array([getattr(models[card % len(models)], name) for card in range(card_count)])[:, None]
        for name in ("idle_w", "full_w", "memory_gb")
    )
    load = np.where(is_busy, 0.2 + 0.75 * utilization / 100, 0)
    memory = np.where(is_busy, np.rint(memory_gb * 0.8).astype(np.int64) << 30, 448 << 20)
    second = np.arange(minutes) * INTERVAL_SECONDS + start
    offset_ms = random.integers(0, 20_000, (card_count, 1))
    columns = {
        "device_key": np.repeat(np.arange(1, card_count + 1), minutes),
        "sampled_at_ms": (second[None, :] * 1_000 + offset_ms).ravel(),
        "utilization_pct": utilization.ravel(),
        "compute_active_pct": (utilization * random.uniform(0.9, 1.0, shape)).round(4).ravel(),
        "sm_active_pct": (utilization * random.uniform(0.5, 0.9, shape)).round(4).ravel(),
        "tensor_active_pct": (utilization * random.uniform(0.1, 0.7, shape)).round(4).ravel(),
        "memory_used_bytes": memory.ravel(),
        "power_w": (idle_w + (full_w - idle_w) * load + random.uniform(-3, 3, shape)).round(1).ravel(),
        "dram_active_pct": (utilization * random.uniform(0.1, 0.5, shape)).round(4).ravel(),
        "source_line": np.arange(1, card_count * minutes + 1),
    }
    nothing = {"slice_id": pl.lit(None, pl.String), "slice_parts": pl.lit(None, pl.Int8)}
    samples = pl.DataFrame(columns).with_columns(**nothing)
    return samples.select(pl.col(name).cast(kind) for name, kind in LAKE_SAMPLE_SCHEMA.items())


def _with_flaws(random: np.random.Generator, samples: pl.DataFrame) -> pl.DataFrame:
    chance, fate = (pl.Series(random.random(samples.height)) for _ in range(2))
    minute = pl.col("source_line") % 1_440
    is_outage = (pl.col("device_key") % 50 == 0) & minute.is_between(600, 660)
    readable = pl.lit(fate) >= 0.01
    kept = samples.with_columns(
        chance.alias("chance"),
        *(pl.when(readable).then(name).alias(name) for name in ("utilization_pct", "compute_active_pct")),
    ).filter(pl.col("chance") >= 0.02, ~is_outage)
    copies = kept.filter(pl.col("chance") < 0.03)
    contradictions = kept.filter(pl.col("chance") > 0.99995).with_columns(pl.col("power_w") + 1)
    return pl.concat([kept, copies, contradictions]).drop("chance")
