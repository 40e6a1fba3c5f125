"""The telemetry rollup against merely decoding its columns, and against the same result written by hand.

    python benchmarks/rollup.py                          # 2,000 cards x 30 days x 60 s: 84 M samples
    python benchmarks/rollup.py --days 3                 # the same, quicker
    python benchmarks/rollup.py --rows 10M,30M,86M,300M  # how cost and memory grow
    python benchmarks/rollup.py --engine-days 0          # without ClickHouse and Spark

Each variant runs in a process of its own, warmed up on one day. Printed are medians of CPU seconds (user and system,
all threads), ratios to the decode floor of the same run, and peak resident memory. Results are checked to be equal.
ClickHouse and Spark are compared where they are installed, over fewer days, on which they are warmed up too: they are
slow, and compile what they have done a few times. Their ratios are of the cost of a row.
"""

import argparse
import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl
from by_hand import comparable, roll_up_by_duckdb, roll_up_by_polars
from engines import ENGINES, what_lacks
from process_cost import cpu_seconds, peak_mib
from telemetry_days import INTERVAL_SECONDS, TIME_ZONE, day_of, write_day

from ingest.lake import scan_samples, write_samples
from ingest.memory import keep_freed_memory
from ingest.telemetry.kept import read_samples_as_they_are
from ingest.telemetry.names import numbered
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.schema import VALUE_COLUMNS


def decode(folder: Path, number: int) -> None:
    """The floor: read the columns that the rollup reads, and reduce each to one value."""
    columns = pl.col("device_key", "sampled_at_ms", *VALUE_COLUMNS)
    pl.scan_parquet(folder / f"lake/{number}.parquet").select(columns.sum()).collect(engine="streaming")


def roll_up(folder: Path, number: int, *more: str) -> pl.DataFrame:
    """The rollup as the pipeline calls it, of the day's file and perhaps more."""
    files = [scan_samples([folder / f"{part}/{number}.parquet"]) for part in ("lake", *more)]
    return roll_up_day(files, "c-1", day_of(number), TIME_ZONE, INTERVAL_SECONDS)


def sort_arrivals(folder: Path, number: int) -> None:
    """From order of arrival to the sorted files of the lake."""
    samples = read_samples_as_they_are(folder / f"arrival/{number}.arrow")
    uids = sorted(numbered(samples["device_uid"])[1].values())
    keys = {uid: key for key, uid in enumerate(uids, start=1)}
    with tempfile.TemporaryDirectory(dir=folder) as lake:
        write_samples(samples, "0" * 64, keys, Path(lake))


VARIANTS: dict[str, Callable[[Path, int], object]] = {
    "decode floor": decode,
    "rollup": roll_up,
    "rollup with a late file": lambda folder, number: roll_up(folder, number, "late"),
    "Polars by hand": lambda folder, number: roll_up_by_polars(
        folder / f"lake/{number}.parquet", day_of(number), TIME_ZONE
    ),
    "DuckDB by hand": lambda folder, number: roll_up_by_duckdb(
        folder / f"lake/{number}.parquet", day_of(number), TIME_ZONE
    ),
    "arrival to lake": sort_arrivals,
    **ENGINES,
}


def says_the_same(variant: str, folder: Path) -> None:
    """In a process of its own: print as JSON whether a variant and the rollup say the same of the first day."""
    theirs = comparable(VARIANTS[variant](folder, 0))
    print(json.dumps(theirs.equals(comparable(roll_up(folder, 0)))))


def check_equal(folder: Path, variants: list[str]) -> None:
    """Stop unless all of them say the same as the rollup."""
    for variant in variants:
        if not ask_child("--check", variant, "--folder", folder):
            sys.exit(f"{variant} gives another result than the rollup.")


def measure(variant: str, folder: Path, days: range, rounds: int) -> None:
    """In a process of its own: print CPU seconds of each round, and peak memory in MiB, as JSON."""
    work = VARIANTS[variant]
    for number in days if variant in ENGINES else days[:1]:
        work(folder, number)
    seconds = []
    for _ in range(rounds):
        before = cpu_seconds()
        for number in days:
            work(folder, number)
        seconds.append(cpu_seconds() - before)
    print(json.dumps([seconds, peak_mib()]))


def cost(variant: str, folder: Path, days: range, rounds: int) -> tuple[float, float]:
    """Median CPU seconds and peak MiB of a variant over some days."""
    span = ("--days", len(days), "--first", days[0], "--rounds", rounds)
    seconds, peak = ask_child("--measure", variant, "--folder", folder, *span)
    return statistics.median(seconds), peak


def ask_child(*arguments: object) -> Any:
    """What this script prints as JSON when it is called so; where it fails, what it complained of."""
    child = subprocess.run([sys.executable, __file__, *map(str, arguments)], capture_output=True, text=True)
    if child.returncode:
        sys.exit(f"{arguments[1]}: {child.stderr}")
    return json.loads(child.stdout)


def make_days(folder: Path, day_count: int, card_count: int, has_arrivals: bool) -> list[int]:
    """Write the days in another process, so that their making does not count; gives the rows of each in the lake."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as maker:
        makings = [maker.submit(write_day, folder, number, card_count, has_arrivals) for number in range(day_count)]
        return [making.result() for making in makings]


def present_engines() -> list[str]:
    """Those that can be compared here; of each other one a line says what it lacks."""
    lacks = {engine: what_lacks(engine) for engine in ENGINES}
    for engine, lack in lacks.items():
        if lack:
            print(f"{engine} is left out: {lack}")
    return [engine for engine, lack in lacks.items() if not lack]


def compare(folder: Path, day_count: int, engine_day_count: int, card_count: int, rounds: int) -> None:
    """All variants on the same days, engines on the first of them, and on the last the two that belong to one day."""
    engine_day_count = min(engine_day_count, day_count)
    engines = present_engines() if engine_day_count else []
    row_counts = make_days(folder, day_count, card_count, has_arrivals=True)
    check_equal(folder, ["Polars by hand", "DuckDB by hand", *engines])
    print(
        f"{sum(row_counts):,} rows: {card_count:,} cards x {day_count} days x {INTERVAL_SECONDS} s; results are equal"
    )
    if engines and engine_day_count < day_count:
        print(f"{', '.join(engines)}: {engine_day_count} of the days, {sum(row_counts[:engine_day_count]):,} rows")
    print(f"{'':<26}{'CPU s':>9}{'M rows/s':>10}{'x floor':>9}{'peak MiB':>10}")
    every, last = range(day_count), range(day_count - 1, day_count)
    per_row = {}
    for variant in ("decode floor", "rollup", "Polars by hand", "DuckDB by hand", *engines, "arrival to lake"):
        days = every[:engine_day_count] if variant in ENGINES else every
        seconds, peak = cost(variant, folder, days, rounds)
        per_row[variant] = seconds / sum(row_counts[: len(days)])
        ratio = per_row[variant] / per_row["decode floor"]
        speed = 1e-6 / per_row[variant]
        print(f"{variant:<26}{seconds:>9.2f}{speed:>10.1f}{ratio:>9.2f}{peak:>10,.0f}", flush=True)
    share = per_row["rollup"] * sum(row_counts) / day_count
    for variant, words in (("rollup", "one more day"), ("rollup with a late file", "one late day")):
        seconds, _ = cost(variant, folder, last, max(rounds, 5))
        print(f"{words:<26}{seconds:>9.3f} CPU s = {seconds / share:.2f} of a day's share")
    for variant in ("DuckDB by hand", *engines, "arrival to lake"):
        words = f"{variant.split()[0]} / rollup"
        print(f"{words:<26}{per_row[variant] / per_row['rollup']:>9.2f}")


def scale(folder: Path, sizes: list[int], card_count: int, rounds: int) -> None:
    """The rollup and the floor over more and more days."""
    [per_day] = make_days(folder, 1, card_count, has_arrivals=False)
    day_counts = [max(1, round(size / per_day)) for size in sizes]
    make_days(folder, max(day_counts), card_count, has_arrivals=False)
    print(f"{'rows':>14}{'days':>6}{'floor CPU s':>13}{'rollup CPU s':>14}{'ns/row':>8}{'x floor':>9}{'peak MiB':>10}")
    for day_count in day_counts:
        days = range(day_count)
        floor, _ = cost("decode floor", folder, days, rounds)
        seconds, peak = cost("rollup", folder, days, rounds)
        rows = sum(pl.scan_parquet(folder / f"lake/{n}.parquet").select(pl.len()).collect().item() for n in days)
        print(
            f"{rows:>14,}{day_count:>6}{floor:>13.2f}{seconds:>14.2f}{seconds / rows * 1e9:>8.1f}"
            f"{seconds / floor:>9.2f}{peak:>10,.0f}",
            flush=True,
        )


def row_counts(text: str) -> list[int]:
    """`10M,300M` as numbers."""
    return [int(float(size.removesuffix("M")) * (1_000_000 if size.endswith("M") else 1)) for size in text.split(",")]


def main() -> None:
    """Compare, scale, or (as a child of itself) measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cards", type=int, default=2_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--engine-days", type=int, default=3, help="days for ClickHouse and Spark; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=row_counts, help="sizes to show growth over, such as 10M,30M,86M,300M")
    parser.add_argument("--folder", type=Path, help="an empty folder for the files; kept afterwards")
    parser.add_argument("--measure", choices=list(VARIANTS), help=argparse.SUPPRESS)
    parser.add_argument("--check", choices=list(VARIANTS), help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    # As the command line does; the children that measure are told by their parent before they import Polars.
    keep_freed_memory()
    if options.measure:
        measure(options.measure, options.folder, range(options.first, options.first + options.days), options.rounds)
        return
    if options.check:
        says_the_same(options.check, options.folder)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        if options.rows:
            scale(folder, options.rows, options.cards, options.rounds)
        else:
            compare(folder, options.days, options.engine_days, options.cards, options.rounds)


if __name__ == "__main__":
    main()
