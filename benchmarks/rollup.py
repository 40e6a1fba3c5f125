"""CPU cost of the telemetry rollup against merely decoding the same columns of the same files.

    python benchmarks/rollup.py --cards 200 --days 5

Prints medians of CPU seconds (user and system, all threads), their ratio, and the process's peak resident memory.
The samples are made up: one a minute, 2 % missing, 1 % delivered twice, 1 % without utilization.
"""

import argparse
import multiprocessing
import resource
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from ingest.telemetry.duplicates import VALUE_COLUMNS
from ingest.telemetry.local_days import local_day_bounds
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.schema import LAKE_SAMPLE_SCHEMA

TIME_ZONE = "Asia/Shanghai"
FIRST_DAY = date(2026, 9, 1)
INTERVAL_SECONDS = 60
ROUNDS = 3


def write_day(path: Path, day: date, card_count: int) -> int:
    """Write one center-day of samples, sorted as the lake sorts them; returns the number of rows."""
    start, end = local_day_bounds(day, TIME_ZONE)
    random = np.random.default_rng(day.toordinal())
    per_card = (end - start) // INTERVAL_SECONDS
    row_count = card_count * per_card
    minutes = np.tile(np.arange(per_card), card_count)
    shares = random.uniform(0, 100, (4, row_count)).round(2)
    samples = pl.DataFrame(
        {
            "device_key": np.repeat(np.arange(1, card_count + 1), per_card),
            "sampled_at_ms": (start + minutes * INTERVAL_SECONDS) * 1_000 + 213,
            "utilization_pct": shares[0].round(),
            "compute_active_pct": shares[1],
            "sm_active_pct": shares[2],
            "tensor_active_pct": shares[3],
            "memory_used_bytes": random.integers(0, 80 << 10, row_count) << 20,
            "power_w": random.uniform(60, 700, row_count).round(1),
            "source_line": np.arange(1, row_count + 1),
            "slice_id": pl.Series([None] * row_count, dtype=pl.String),
            "slice_parts": pl.Series([None] * row_count, dtype=pl.Int8),
        }
    ).select(pl.col(name).cast(kind) for name, kind in LAKE_SAMPLE_SCHEMA.items())
    silent, unreadable, repeated = (pl.Series(random.uniform(size=row_count)) for _ in range(3))
    readable = pl.lit(unreadable) >= 0.01
    samples = samples.with_columns(
        pl.when(readable).then(pl.col(name)).alias(name) for name in ("utilization_pct", "compute_active_pct")
    )
    copies = samples.filter((repeated < 0.01) & (silent >= 0.02))
    samples = pl.concat([samples.filter(silent >= 0.02), copies])
    samples = samples.sort("device_key", "sampled_at_ms", "source_line")
    samples.write_parquet(path, compression="zstd", compression_level=1, row_group_size=256 * 1024)
    return samples.height


def decode(paths: list[Path]) -> None:
    """The floor: read the columns that the rollup reads, and reduce each to one value."""
    for path in paths:
        columns = pl.col("device_key", "sampled_at_ms", *VALUE_COLUMNS)
        pl.scan_parquet(path).select(columns.sum()).collect(engine="streaming")


def roll_up(paths: list[Path]) -> None:
    """The rollup as the pipeline calls it, a day at a time."""
    for number, path in enumerate(paths):
        day = FIRST_DAY + timedelta(days=number)
        roll_up_day([pl.scan_parquet(path)], "c-1", day, TIME_ZONE, INTERVAL_SECONDS)


def cpu_seconds(work: Callable[[], None]) -> float:
    """Median CPU seconds of all threads over some rounds, after one that warms up."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_SELF)
        work()
        after = resource.getrusage(resource.RUSAGE_SELF)
        rounds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(rounds)


def main() -> None:
    """Make the days in another process, so that their making does not count, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cards", type=int, default=200)
    parser.add_argument("--days", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.parquet" for number in range(options.days)]
        days = [FIRST_DAY + timedelta(days=number) for number in range(options.days)]
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as maker:
            row_count = sum(maker.map(write_day, paths, days, [options.cards] * options.days))
        floor, rollup = cpu_seconds(lambda: decode(paths)), cpu_seconds(lambda: roll_up(paths))
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rows                {row_count:>12,}")
    print(f"decode floor        {floor:>12.3f} CPU s")
    print(f"rollup              {rollup:>12.3f} CPU s   {row_count / rollup / 1e6:.1f} M rows per CPU s")
    print(f"rollup / floor      {rollup / floor:>12.2f}")
    print(f"peak memory         {peak_mib:>12,.0f} MiB")


if __name__ == "__main__":
    main()
