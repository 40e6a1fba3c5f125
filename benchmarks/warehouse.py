"""What a full rebuild of the warehouse costs from device-hours on: load, every dbt model, every dbt test.

    python benchmarks/warehouse.py                               # 1,000 cards x 365 days: 8.76 M device-hours
    python benchmarks/warehouse.py --cards 20000                 # 175 M device-hours
    python benchmarks/warehouse.py --cards 1000 --days 30        # a look in a few minutes
    python benchmarks/warehouse.py --models 15                   # also the models that took longest

Registers go in by the front door as CSV; device-hours are written as the rollup writes them, one Parquet file per
center and local day, because making them is what `rollup.py` measures. The build runs in a process of its own, whose
CPU seconds (user and system, all threads), wall seconds and peak memory are printed.
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
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

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
import json, sys
from pathlib import Path
from ingest.paths import DataDir
from orchestration.build import build
done = build(DataDir(Path(sys.argv[1])))
print(json.dumps({"rows": done.raw_row_counts["device_hours"],
                  "nodes": sorted(((node.seconds, node.name) for node in done.nodes), reverse=True)}))
"""


def main() -> None:
    """Generate, build, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--models", type=int, default=0, help="how many of the slowest nodes to print")
    parser.add_argument(
        "--folder", type=Path, help="where to work; a folder below the system's temporary one if left out"
    )
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="racklight-warehouse-", dir=arguments.folder))
    try:
        started = time.monotonic()
        generate(DataDir(folder).create(), arguments.cards, arguments.days)
        print(f"generated {arguments.cards:,} cards x {arguments.days} days in {time.monotonic() - started:,.0f} s")
        measure(folder, arguments.models)
    finally:
        shutil.rmtree(folder)


def generate(data_dir: DataDir, card_count: int, day_count: int) -> None:
    """Registers through the intake, device-hours straight into the lake and the manifest."""
    centers = {
        f"center-{number:03d}": range(first, min(first + CARDS_PER_CENTER, card_count))
        for number, first in enumerate(range(0, card_count, CARDS_PER_CENTER))
    }
    registers = data_dir.root / "registers"
    registers.mkdir()
    for name, rows in _registers(centers, day_count).items():
        pl.DataFrame(list(rows)).write_csv(registers / f"{name}.csv")
    outcomes = ingest_paths([registers], data_dir, Declaration(received_at=RECEIVED_AT, time_zone="Asia/Shanghai"))
    assert all(outcome.status == "accepted" for outcome in outcomes), outcomes
    store = StateStore(data_dir)
    keys = {_uid(card): card + 1 for card in range(card_count)}
    store.commit_file(FileEntry(SHA256, "generated", 0, RECEIVED_AT), device_keys=keys)
    for center_id, cards in centers.items():
        for offset in range(day_count):
            _write_day(store, data_dir.lake, center_id, cards, FIRST_DAY + timedelta(days=offset))


def measure(folder: Path, model_count: int) -> None:
    """Build once in a process of its own and print what it took."""
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build ended with {status}")
    wall = time.monotonic() - started
    said = json.loads(output.splitlines()[-1])
    cpu, rows = usage.ru_utime + usage.ru_stime, said["rows"]
    size = sum(path.stat().st_size for path in (folder / "warehouse").rglob("warehouse.duckdb"))
    print(f"{rows:,} device-hours, {len(said['nodes'])} dbt nodes, warehouse of {size / 2**20:,.0f} MiB")
    print(f"{cpu:,.0f} CPU s, {wall:,.0f} s of wall time, peak {usage.ru_maxrss / 1024:,.0f} MiB")
    print(f"{1e6 * cpu / rows:,.2f} CPU s per million device-hours")
    for seconds, name in said["nodes"][:model_count]:
        print(f"  {seconds:8.1f} s  {name}")


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
