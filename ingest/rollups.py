"""Which center-days are dirty, and rolling just those up from samples to device-hours."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from ingest.lake import day_sources_path, device_hours_path, hour_traits_path, scan_samples, write_parquet
from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.state.store import StateStore
from ingest.telemetry.rollup import roll_up_day
from ingest.telemetry.sources import sources_of_day
from ingest.telemetry.traits import traits_of_day

ROLLUP_VERSION = 5
"""Part of every input hash: raise it when the rollup's rules change, and every day is rolled up again."""


@dataclass(frozen=True)
class CenterCalendar:
    """What the rollup needs to know of a center: its zone and the nominal distance of its samples."""

    time_zone: str
    interval_seconds: int


@dataclass(frozen=True)
class DirtyDay:
    """One center and local day whose device-hours are missing or were made from other files."""

    center_id: str
    local_day: date
    paths: tuple[str, ...]
    input_hash: str
    calendar: CenterCalendar


@dataclass(frozen=True)
class RollupReport:
    """Days rolled up, and the centers whose telemetry waits because no register names them."""

    rolled_up: tuple[tuple[str, date], ...]
    waiting_centers: tuple[str, ...]


def center_calendars(store: StateStore) -> dict[str, CenterCalendar]:
    """Zone and sample distance of every registered center, by its latest revision."""
    paths = store.record_files("centers")
    if not paths:
        return {}
    received = store.files().select("source_sha256", "recorded_at")
    latest = (
        pl.concat(pl.read_parquet(path) for path in paths)
        .join(received, on="source_sha256")
        .sort("revision", "recorded_at", "source_sha256", "source_line")
        .unique("center_id", keep="last")
    )
    rows = latest.select("center_id", "time_zone", "telemetry_interval_seconds").rows()
    return {center_id: CenterCalendar(zone, interval) for center_id, zone, interval in rows}


def dirty_days(store: StateStore) -> tuple[list[DirtyDay], list[str]]:
    """Center-days whose inputs differ from what they were last rolled up from, and centers without a register row."""
    calendars, done = center_calendars(store), store.rolled_up()
    files = store.sample_files()
    waiting = sorted(set(files.get_column("center_id").unique().to_list()) - set(calendars))
    dirty = []
    for (center_id,), own in files.partition_by("center_id", as_dict=True).items():
        if calendar := calendars.get(center_id):
            days = _days_of_center(center_id, own, calendar)
            dirty += [day for day in days if done.get((center_id, day.local_day)) != day.input_hash]
    return sorted(dirty, key=lambda day: (day.center_id, day.local_day)), waiting


def _days_of_center(center_id: str, files: pl.DataFrame, calendar: CenterCalendar) -> Iterator[DirtyDay]:
    """Every local day that the center's files reach into, with all files that hold samples of it.

    A file that does not tell its first and last sample may hold any of its UTC day.
    """
    zone = ZoneInfo(calendar.time_zone)
    by_day: dict[date, list[tuple[str, str]]] = {}
    columns = ("utc_day", "path", "source_sha256", "first_sampled_ms", "last_sampled_ms")
    for utc_day, path, sha256, first_ms, last_ms in files.select(columns).rows():
        start = datetime(utc_day.year, utc_day.month, utc_day.day, tzinfo=UTC)
        last = start + timedelta(days=1, milliseconds=-1)
        if first_ms is not None:
            start, last = (datetime.fromtimestamp(instant // 1_000, UTC) for instant in (first_ms, last_ms))
        for local_day in {start.astimezone(zone).date(), last.astimezone(zone).date()}:
            by_day.setdefault(local_day, []).append((f"{sha256}@{utc_day}", path))
    for local_day, parts in by_day.items():
        parts.sort()
        recipe = [
            str(ROLLUP_VERSION),
            calendar.time_zone,
            str(calendar.interval_seconds),
            *(name for name, _ in parts),
        ]
        digest = hashlib.sha256("\n".join(recipe).encode()).hexdigest()
        yield DirtyDay(center_id, local_day, tuple(path for _, path in parts), digest, calendar)


def roll_up_dirty_days(
    data_dir: DataDir,
    only: tuple[date, date] | None = None,
    on_progress: Callable[[int, int, DirtyDay], None] = lambda done, total, day: None,
) -> RollupReport:
    """Roll up every dirty center-day, or those from the first to the last local day of `only`.

    Memory is bounded by one center-day. `on_progress` gets days done, days in all, and the day just done.

    Raises:
        ingest.locks.WriterBusyError: another process is writing.
    """
    store = StateStore(data_dir)
    with writer_lock(store.lock_path):
        dirty, waiting = dirty_days(store)
        if only:
            dirty = [day for day in dirty if only[0] <= day.local_day <= only[1]]
        for done, day in enumerate(dirty, start=1):
            path, row_count = write_device_hours(day, data_dir.lake)
            store.commit_device_hours(day.center_id, day.local_day, day.input_hash, path, row_count)
            on_progress(done, len(dirty), day)
    return RollupReport(tuple((day.center_id, day.local_day) for day in dirty), tuple(waiting))


def write_device_hours(day: DirtyDay, lake: Path) -> tuple[str, int]:
    """Roll one center-day up into a lake file; gives its path below the lake and its rows. No rows, no file.

    Which files and lines the day was made from, and the traits of its hours, lie beside it and are there whenever the
    device-hours are.
    """
    files = [scan_samples([path]) for path in day.paths]
    hours = roll_up_day(
        files,
        center_id=day.center_id,
        local_day=day.local_day,
        time_zone=day.calendar.time_zone,
        interval_seconds=day.calendar.interval_seconds,
    )
    path = device_hours_path(day.center_id, day.local_day, day.input_hash)
    if hours.height:
        sources = sources_of_day(day.paths, day.center_id, day.local_day, day.calendar.time_zone)
        write_parquet(sources, day_sources_path(lake / path))
        traits = traits_of_day(files, day.center_id, day.local_day, day.calendar.time_zone)
        write_parquet(traits, hour_traits_path(lake / path))
        write_parquet(hours, lake / path)
    return path, hours.height
