"""What a full rebuild of the warehouse costs from device-hours on: load, every dbt model, every dbt test.

    python benchmarks/warehouse.py                               # 1,000 cards x 365 days: 8.76 M device-hours
    python benchmarks/warehouse.py --cards 20000                 # 175 M device-hours
    python benchmarks/warehouse.py --cards 1000 --days 30,365    # a build at 30 days and at 365, and what a month adds
    python benchmarks/warehouse.py --days 30,90 --extrapolate 20000x365
    python benchmarks/warehouse.py --models 15                   # also the models that took longest

Registers go in by the front door as CSV; device-hours are written as the rollup writes them, one Parquet file per
center and local day, because making them is what `rollup.py` measures. Each build runs in a process of its own, which
tells its progress on stderr; of each stage the CPU seconds (user and system, all threads), wall seconds and peak memory
are printed, and rows of the largest tables. With several numbers of days the same folder grows from build to build:
what the later ones take more is what further device-hours cost, for a build makes every table anew; registers and their
card-days span the calendar to the as-of in each of them. `--extrapolate` draws that line on to another size and says
that it did; nothing of that size was built.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from ingest.domain import UTILIZATION_BIN_COLUMNS
from ingest.intake import ingest_paths
from ingest.lake import day_sources_path, device_hours_path, hour_traits_path, write_parquet
from ingest.paths import DataDir
from ingest.reading import Declaration
from ingest.state.store import FileEntry, StateStore
from ingest.telemetry.schema import DEVICE_HOUR_SCHEMA
from ingest.telemetry.sources import DAY_SOURCE_SCHEMA
from ingest.telemetry.traits import HOUR_TRAIT_SCHEMA

FIRST_DAY = date(2025, 10, 1)
CARDS_PER_CENTER = 250
CARDS_PER_SERVER = 8
CARDS_PER_LEASE = 40
MODEL = "huawei-ascend-910b3"
OFFSET = timedelta(hours=8)
SHA256 = hashlib.sha256(b"generated device-hours").hexdigest()
RECEIVED_AT = datetime(2026, 11, 2, tzinfo=UTC)
BUILD = """
import json, os, resource, sys, threading, time
from pathlib import Path
from ingest.paths import DataDir
from orchestration.build import build

stages, peaks, stage = [], {}, "load"

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

def watch():
    while True:
        peaks[stage] = max(peaks.get(stage, 0), resident())
        time.sleep(0.05)

def mark(name):
    used = resource.getrusage(resource.RUSAGE_SELF)
    stages.append((name, used.ru_utime + used.ru_stime, time.monotonic()))

def progress(text, done, total):
    global stage
    if text.startswith("raw"):
        mark("load")
        stage = "dbt"
    if done % 50 == 0 or done == total:
        print(f"  {text[:70]} ({done} of {total})", file=sys.stderr, flush=True)

mark("start")
threading.Thread(target=watch, daemon=True).start()
done = build(DataDir(Path(sys.argv[1])), on_progress=progress)
mark("dbt")
layers = {}
for node in done.nodes:
    first = node.name.split("_")[0]
    layer = {"stg": "staging", "int": "intermediate"}.get(first, "marts")
    layer = layer if node.resource_type == "model" else node.resource_type
    count, seconds = layers.get(layer, (0, 0.0))
    layers[layer] = (count + 1, seconds + node.seconds)
print(json.dumps({
    "stages": [(name, cpu - before[1], wall - before[2], peaks.get(name, 0))
               for before, (name, cpu, wall) in zip(stages, stages[1:])],
    "rows": done.raw_row_counts, "layers": layers,
    "nodes": sorted(((node.seconds, node.name) for node in done.nodes), reverse=True)}))
"""
LEAST_HOURS_OF_A_LINE = 1_000_000
"""Device-hours between two builds below which noise of some ten CPU seconds hides what they cost."""

COUNTED = (
    ("marts", "fct_device_day__parts"),
    ("marts", "fct_center_day__partition"),
    ("marts", "fct_scope_period__rate"),
    ("marts", "fct_figure"),
)


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    hours: int
    cpu: float
    wall: float
    peak_mib: float


def main() -> None:
    """Generate, build, print; once per number of days, in one folder that grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--days", default="365", help="numbers of days, smallest first, such as 30,365")
    parser.add_argument("--extrapolate", help="cards x days to draw the line on to, such as 20000x365")
    parser.add_argument("--models", type=int, default=0, help="how many of the slowest nodes to print")
    parser.add_argument(
        "--folder", type=Path, help="where to work; a folder below the system's temporary one if left out"
    )
    parser.add_argument("--keep", type=Path, help="keep what was written here, or build from what was kept before")
    arguments = parser.parse_args()
    (limit,) = duckdb.sql("select current_setting('memory_limit')").fetchone()
    print(f"the engine holds at most {limit} in memory and takes the disk for the rest")
    sizes = [int(days) for days in arguments.days.split(",")]
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="racklight-warehouse-", dir=arguments.folder))
    costs = []
    try:
        written = sizes[0] if (folder / "lake").exists() else 0
        data_dir = DataDir(folder).create()
        if not written:
            register(data_dir, arguments.cards, sizes[-1])
        for days in sizes:
            print(f"\n{arguments.cards:,} cards x {days} days", flush=True)
            started, used = time.monotonic(), time.process_time()
            write_days(data_dir, arguments.cards, range(written, days))
            print(f"{'stage':<28}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}")
            _print_stage("device-hours written", time.process_time() - used, time.monotonic() - started, 0)
            written = days
            costs.append(measure(folder, arguments.models))
        _tell_growth(costs)
        if arguments.extrapolate:
            _extrapolate(costs, *(int(number) for number in arguments.extrapolate.split("x")))
    finally:
        if not arguments.keep:
            shutil.rmtree(folder)


def centers_of(card_count: int) -> dict[str, range]:
    """Cards of each center."""
    return {
        f"center-{number:03d}": range(first, min(first + CARDS_PER_CENTER, card_count))
        for number, first in enumerate(range(0, card_count, CARDS_PER_CENTER))
    }


def register(data_dir: DataDir, card_count: int, day_count: int) -> None:
    """Registers through the intake, as of the whole span."""
    registers = data_dir.root / "registers"
    registers.mkdir()
    for name, rows in _registers(centers_of(card_count), day_count).items():
        pl.DataFrame(list(rows)).write_csv(registers / f"{name}.csv")
    outcomes = ingest_paths([registers], data_dir, Declaration(received_at=RECEIVED_AT, time_zone="Asia/Shanghai"))
    assert all(outcome.status == "accepted" for outcome in outcomes), outcomes
    keys = {_uid(card): card + 1 for card in range(card_count)}
    StateStore(data_dir).commit_file(FileEntry(SHA256, "generated", 0, RECEIVED_AT), device_keys=keys)


def write_days(data_dir: DataDir, card_count: int, days: range) -> None:
    """Device-hours of some days straight into the lake and the manifest."""
    store = StateStore(data_dir)
    for center_id, cards in centers_of(card_count).items():
        for offset in days:
            _write_day(store, data_dir.lake, center_id, cards, FIRST_DAY + timedelta(days=offset))
        print(f"  {center_id}: {len(days)} days written", file=sys.stderr, flush=True)


def measure(folder: Path, model_count: int) -> Cost:
    """Build once in a process of its own and print what each stage took."""
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build ended with {status}")
    wall = time.monotonic() - started
    said = json.loads(output.splitlines()[-1])
    cpu, hours, peak = usage.ru_utime + usage.ru_stime, said["rows"]["device_hours"], usage.ru_maxrss / 1024
    for name, stage_cpu, stage_wall, stage_peak in said["stages"]:
        _print_stage(f"{name} of the build", stage_cpu, stage_wall, stage_peak / 2**20)
    for layer, (count, seconds) in sorted(said["layers"].items()):
        print(f"{f'  {count} x {layer}':<28}{'':>9}{seconds:>9,.1f}  (sum of nodes, two at a time)")
    _print_stage("the build, imports included", cpu, wall, peak)
    warehouse = max((folder / "warehouse").rglob("warehouse.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    print(f"{hours:,} device-hours in, warehouse of {warehouse.stat().st_size / 2**20:,.0f} MiB")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for schema, table in COUNTED:
            (count,) = connection.execute(f'select count(*) from {schema}."{table}"').fetchone()
            print(f"  {count:>12,} rows of {table}")
    for seconds, name in said["nodes"][:model_count]:
        print(f"  {seconds:8.1f} s  {name}")
    return Cost(hours, cpu, wall, peak)


def _print_stage(name: str, cpu: float, wall: float, peak_mib: float) -> None:
    print(f"{name:<28}{cpu:>9,.1f}{wall:>9,.1f}{f'{peak_mib:,.0f}' if peak_mib else '-':>10}", flush=True)


def _tell_growth(costs: list[Cost]) -> None:
    """What each build took more than the one before it, per million device-hours."""
    for before, after in pairwise(costs):
        more = after.hours - before.hours
        print(
            f"{more:,} device-hours more: {after.cpu - before.cpu:,.1f} CPU s more, "
            f"{1e6 * (after.cpu - before.cpu) / more:,.2f} per million"
        )


def _extrapolate(costs: list[Cost], cards: int, days: int) -> None:
    """Draw the line through the first and the last build on to another size, and say that it is no measurement."""
    first, last = costs[0], costs[-1]
    if last.hours - first.hours < LEAST_HOURS_OF_A_LINE or last.cpu <= first.cpu:
        print("NOT EXTRAPOLATED: the builds lie too close to tell what a device-hour costs from noise.")
        return
    slope = (last.cpu - first.cpu) / (last.hours - first.hours)
    hours = cards * days * 24
    cpu = last.cpu + slope * (hours - last.hours)
    print(
        f"EXTRAPOLATED, NOT MEASURED: {cards:,} cards x {days} days are {hours:,} device-hours, "
        f"{hours / last.hours:,.0f} x the largest build; on a straight line {cpu:,.0f} CPU s. Sorting grows faster "
        "than rows, and what does not fit into memory goes to disk: take it for a lower limit."
    )


def _registers(centers: dict[str, range], day_count: int) -> dict[str, Iterator[dict]]:
    """Every card in service from the first day on, four of five leased to the end."""
    start = f"{FIRST_DAY}T00:00:00+08:00"
    end = f"{FIRST_DAY + timedelta(days=day_count)}T00:00:00+08:00"
    cards = [(center_id, card) for center_id, own in centers.items() for card in own]
    servers = sorted({(center_id, card // CARDS_PER_SERVER) for center_id, card in cards})
    leased = [(center_id, card) for center_id, card in cards if card % 5]
    leases = sorted({(center_id, card // CARDS_PER_LEASE) for center_id, card in leased})
    lease_id = "{}-l{}".format
    return {
        "centers": (
            {
                "center_id": center_id,
                "center_name_zh": center_id,
                "center_name_en": center_id,
                "province_code": 320000,
                "time_zone": "Asia/Shanghai",
            }
            for center_id in centers
        ),
        "capacity_plans": (
            {
                "plan_line_id": f"plan-{center_id}",
                "center_id": center_id,
                "plan_basis": "approved_total",
                "model_id": MODEL,
                "planned_card_count": len(own) + 10,
                "due_on": FIRST_DAY,
            }
            for center_id, own in centers.items()
        ),
        "servers": (
            {"server_id": f"{center_id}-s{number}", "center_id": center_id, "u_height": 6, "nameplate_w": 5600}
            for center_id, number in servers
        ),
        "device_events": (
            {
                "event_id": f"event-{card}",
                "center_id": center_id,
                "device_uid": _uid(card),
                "model_id": MODEL,
                "occurred_at": start,
                "state": "in_service",
                "server_id": f"{center_id}-s{card // CARDS_PER_SERVER}",
            }
            for center_id, card in cards
        ),
        "leases": (
            {
                "lease_id": lease_id(center_id, number),
                "center_id": center_id,
                "tenant_party_id": f"tenant-{number % 7}",
                "lease_kind": "card_hour",
                "purpose": "external_paid",
                "starts_at": start,
                "ends_at": end,
            }
            for center_id, number in leases
        ),
        "lease_devices": (
            {
                "lease_id": lease_id(center_id, card // CARDS_PER_LEASE),
                "center_id": center_id,
                "device_uid": _uid(card),
                "allocated_from": start,
            }
            for center_id, card in leased
        ),
    }


def _write_day(store: StateStore, lake: Path, center_id: str, cards: range, local_day: date) -> None:
    """Twenty-four hours of every card: about half lit, one scrape in a hundred lost."""
    rng = np.random.default_rng([cards.start, local_day.toordinal()])
    count = len(cards) * 24
    known = 3600 - 60 * rng.binomial(60, 0.01, count)
    lit = np.floor(known * rng.beta(1.5, 1.5, count)).astype(np.int64)
    start = np.datetime64(datetime.combine(local_day, datetime.min.time()) - OFFSET, "us")
    zero = np.zeros(count, dtype=np.int64)
    values = dict.fromkeys(DEVICE_HOUR_SCHEMA, zero) | {
        "center_id": np.full(count, center_id),
        "device_key": np.repeat(np.array(cards, dtype=np.int64) + 1, 24),
        "local_day": np.full(count, np.datetime64(local_day)),
        "hour_start_at": np.tile(start + np.arange(24) * np.timedelta64(1, "h"), len(cards)),
        "evidence_class": np.full(count, "B"),
        "expected_seconds": zero + 3600,
        "known_seconds": known,
        UTILIZATION_BIN_COLUMNS[0]: known - lit,
        UTILIZATION_BIN_COLUMNS[-1]: lit,
        "above_zero_seconds": lit,
        "busy_bp_seconds": lit * 9000,
        "energy_wh": 100 + lit // 20,
        "energy_known_seconds": known,
        "sample_count": known // 60,
    }
    values["first_sampled_at"] = values["hour_start_at"]
    values["last_sampled_at"] = values["hour_start_at"] + np.timedelta64(59, "m")
    hours = pl.DataFrame(values).with_columns(
        pl.col("hour_start_at", "first_sampled_at", "last_sampled_at").dt.replace_time_zone("UTC")
    )
    digest = hashlib.sha256(f"{center_id} {local_day}".encode()).hexdigest()
    path = device_hours_path(center_id, local_day, digest)
    write_parquet(hours.select(pl.col(name).cast(kind) for name, kind in DEVICE_HOUR_SCHEMA.items()), lake / path)
    sources = hours.group_by("center_id", "device_key", "local_day", maintain_order=True).agg(
        pl.col("sample_count").sum()
    )
    said = {"source_sha256": pl.lit(SHA256), "first_line": pl.lit(1), "last_line": pl.lit(1)}
    sources = sources.with_columns(**said).select(pl.col(name).cast(kind) for name, kind in DAY_SOURCE_SCHEMA.items())
    write_parquet(sources, day_sources_path(lake / path))
    write_parquet(pl.DataFrame(schema=HOUR_TRAIT_SCHEMA), hour_traits_path(lake / path))
    store.commit_device_hours(center_id, local_day, digest, path, hours.height)


def _uid(card: int) -> str:
    return f"GPU-{card:08d}"


if __name__ == "__main__":
    main()
